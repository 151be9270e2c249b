/** Tasks with the same name take turns, each after the one before it has ended, however it ended. */
export type InTurn = <Answer>(name: string, task: () => Promise<Answer>) => Promise<Answer>;

export const inTurnByName = (): InTurn => {
  const last = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const answer = (last.get(name) ?? Promise.resolve()).then(task);
    const ended = answer
      .catch(() => undefined)
      .then(() => {
        if (last.get(name) === ended) last.delete(name);
      });
    last.set(name, ended);
    return answer;
  };
};
