import type { WrittenLetter } from './written-letter.ts';

/** The part of a mail for readers that show no HTML, at 76 characters a line but for the link. */
export function toText({ paragraphs, action, footnote }: WrittenLetter): string {
  const link = action ? [`${action.label}:\n${action.url}`] : [];
  return [...paragraphs.map(wrap), ...link, `-- \n${wrap(footnote)}`, ''].join('\n\n');
}

/**
 * The part in HTML: one column, in the reader's own letters and with nothing loaded from anywhere, so that opening it
 * tells nobody. The language, the title and the order of reading are there for screen readers; text and button
 * have a contrast of 7:1 or more.
 */
export async function toHtml({
  subject,
  preview,
  paragraphs,
  action,
  footnote,
}: WrittenLetter): Promise<string> {
  // Loaded at the first mail: it takes 0.4 s, and servers send none.
  const { default: mjml2html } = await import('mjml');
  const button = action
    ? `<mj-button href="${quote(action.url)}">${quote(action.label)}</mj-button>
       <mj-text font-size="14px">If the button does not work, open this address:<br />
         <a href="${quote(action.url)}" style="color:#0b4a8f">${quote(action.url)}</a></mj-text>`
    : '';
  const { html } = await mjml2html(
    `<mjml lang="en">
      <mj-head>
        <mj-title>${quote(subject)}</mj-title>
        <mj-preview>${quote(preview)}</mj-preview>
        <mj-attributes>
          <mj-all font-family="system-ui, -apple-system, 'Segoe UI', Arial, sans-serif" />
          <mj-text font-size="16px" line-height="24px" color="#1a1a1a" />
          <mj-button background-color="#0b4a8f" color="#ffffff" font-size="16px" inner-padding="14px 24px" align="left" />
        </mj-attributes>
      </mj-head>
      <mj-body background-color="#ffffff">
        <mj-section><mj-column>
          ${paragraphs.map((text) => `<mj-text>${quote(text)}</mj-text>`).join('\n')}
          ${button}
          <mj-divider border-width="1px" border-color="#767676" />
          <mj-text font-size="14px" color="#444444">${quote(footnote)}</mj-text>
        </mj-column></mj-section>
      </mj-body>
    </mjml>`,
    { validationLevel: 'strict', ignoreIncludes: true, fonts: {} },
  );
  return html;
}

function quote(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function wrap(paragraph: string): string {
  return paragraph.replace(/(?![^\n]{1,76}$)([^\n]{1,76})\s/g, '$1\n');
}
