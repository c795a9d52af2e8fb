// Elements, made without a framework. Text is always text: nothing here or above it parses HTML.

type Attributes = Readonly<Record<string, string | boolean | undefined>>;
type Child = Node | string | undefined;

/** Makes an element. `true` sets a bare attribute; `false` and undefined leave it out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Text that breaks behind an at sign, a dot or a slash rather than within a word. */
export function breakable(text: string): Node[] {
  const parts = text.match(/[^@./]*[@./]+|[^@./]+/g) ?? [];
  return parts.flatMap((part, at) => (at === 0 ? [new Text(part)] : [el('wbr'), new Text(part)]));
}

/** A button that does one thing. */
export function button(
  label: string,
  onClick: () => void,
  kind: 'primary' | 'secondary' | 'quiet' = 'secondary',
): HTMLButtonElement {
  const element = el('button', { type: 'button', class: kind }, label);
  element.addEventListener('click', onClick);
  return element;
}
