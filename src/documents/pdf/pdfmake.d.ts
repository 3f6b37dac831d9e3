// As much as is used: the published types bring a browser's with them, into every file.
declare module 'pdfmake' {
  import type { Readable } from 'node:stream';

  type Margin = [number, number, number, number];
  type Layout = (index: number) => number | string | null;

  interface Block {
    text?: string | Block[];
    stack?: Content[];
    columns?: Block[];
    ol?: Block[];
    table?: object;
    svg?: string;
    image?: string;
    fit?: [number, number];
    canvas?: object[];
    layout?: Record<string, Layout>;
    width?: number | 'auto' | '*';
    margin?: Margin;
    font?: string;
    fontSize?: number;
    bold?: boolean;
    color?: string;
    fillColor?: string;
    alignment?: 'left' | 'right';
    pageBreak?: 'after';
    unbreakable?: boolean;
    headlineLevel?: number;
  }
  /** What is laid out. */
  export type Content = Block | Content[];

  /** A block once its place is known. */
  export interface LaidOut {
    headlineLevel?: number;
  }
  export interface Neighbours {
    getFollowingNodesOnPage(): LaidOut[];
  }

  interface Definition {
    pageSize: 'A4';
    pageOrientation: 'portrait' | 'landscape';
    pageMargins: number;
    defaultStyle: Block;
    info: { title: string; author: string; creator: string };
    language: string;
    content: Content[];
    pageBreakBefore(node: LaidOut, nodes: Neighbours): boolean;
    footer(current: number, count: number): Block;
  }

  const pdfmake: {
    setFonts(fonts: object): void;
    setUrlAccessPolicy(mayRead: (url: string) => boolean): void;
    setLocalAccessPolicy(mayRead: (path: string) => boolean): void;
    createPdf(definition: Definition): { getStream(): Promise<Readable & { end(): void }> };
  };
  export default pdfmake;
}

declare module 'pdfmake/fonts/Roboto.js' {
  const fonts: { Roboto: { normal: string } };
  export default fonts;
}
