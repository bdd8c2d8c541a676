// Small helpers to build elements.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Class names of one casino's widget: cls("row", "mine") with the prefix "lc" is "lc-row lc-mine".
export const namer = (prefix) => (...names) => names.filter(Boolean).map((name) => `${prefix}-${name}`).join(" ");

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
