export interface SeenEvent {
  readonly position: number;
  readonly id: string;
}

/** A reader of the live stream, from after a position on. */
export const followEvents = (address: string, authorization: string, lastEventId: string) => {
  const leaving = new AbortController();
  const response = fetch(`${address}/api/v1/stream`, {
    headers: { authorization, 'last-event-id': lastEventId },
    signal: leaving.signal,
  });
  return {
    /** Everything up to a position; then the reader leaves. */
    until: async (position: number): Promise<readonly SeenEvent[]> => {
      const seen: SeenEvent[] = [];
      const { body } = await response;
      let text = '';
      for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        const whole = text.split('\n\n');
        text = whole.pop() ?? '';
        seen.push(...whole.flatMap(eventIn));
        if ((seen.at(-1)?.position ?? 0) >= position) break;
      }
      leaving.abort();
      return seen.filter((event) => event.position <= position);
    },
  };
};

const eventIn = (message: string): readonly SeenEvent[] => {
  const [, data] = /^data: (.*)$/m.exec(message) ?? [];
  return data === undefined ? [] : [JSON.parse(data) as SeenEvent];
};
