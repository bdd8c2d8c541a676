const put = (into, text) => { into.open(); into.write(text); into.close(); };
put(frame.contentDocument, '<body style="margin:0"><iframe style="width:100%;height:440px;border:0"></iframe>');
const below = frame.contentDocument.querySelector('iframe');
fetch('window').then((answer) => answer.text()).then((text) => put(below.contentDocument, text));
