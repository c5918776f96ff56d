import { describe, expect, it } from '@jest/globals';
import { html } from './index';

describe('html', () => {
  it('takes what is put in for text: a title can not break out of where it stands', () => {
    const title = `</title><script>alert("it's")</script>&`;
    expect(html`<title>${title}</title>`.text).toBe(
      '<title>&#60;/title&#62;&#60;script&#62;alert(&#34;it&#39;s&#34;)&#60;/script&#62;&#38;</title>',
    );
  });

  it('takes pieces of its own as they are, alone or in a list, and nothing for nothing', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    const rule = html`<hr />`;
    const all = html`<ul>
        ${items}${undefined}
      </ul>
      ${rule}${3}`;
    expect(all.text.replace(/\s+/g, '')).toBe('<ul><li>a</li><li>&#60;b&#62;</li></ul><hr/>3');
  });
});
