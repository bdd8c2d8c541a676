customElements.define('help-dock', class extends HTMLElement {
  connectedCallback() {
    const shade = this.attachShadow({ mode: 'closed' });
    shade.innerHTML = `<style>
      .$launcher { position: fixed; right: 0; top: 300px; width: 110px; height: 40px; background: #630; cursor: pointer }
      </style><div class="$launcher" title="$$open"></div>`;
    shade.querySelector('div').onclick = () => { one('.$panel').style.display = 'flex'; };
  }
});
