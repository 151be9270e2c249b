/** 神头镇 becomes `stz`. The dictionary is loaded when letters are first searched for. */
export const initialsOf = async (): Promise<(name: string) => string> => {
  const { pinyin } = await import('pinyin-pro');
  return (name) => {
    let initials = known.get(name);
    if (initials === undefined) {
      initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join('');
      known.set(name, initials);
    }
    return initials;
  };
};

const known = new Map<string, string>();
