import type { Suspect } from '#transparency-log/verify/suspect';
import type { TileFault } from '#transparency-log/verify/tile-fault';

/** What is wrong with published tiles; `what` tells an event with its village and its amount. */
export const presentTileFault = (
  fault: TileFault,
  what: (event: Suspect) => string,
): { readonly zh: string; readonly en: string } => {
  switch (fault.kind) {
    case 'tile-altered': {
      const { path, event } = fault;
      const at = event === undefined ? undefined : `${what(event)} (${event.id})`;
      return {
        zh: `公布的瓦片 ${path} 被改动${at === undefined ? '' : `,最先不符的是第 ${event?.position} 个事件:${at}`}。`,
        en: `The published tile ${path} was altered${at === undefined ? '' : `; the first leaf that differs is of event ${event?.position}: ${at}`}.`,
      };
    }
    case 'tile-missing':
      return {
        zh: `公布的瓦片缺少 ${fault.path}。`,
        en: `The published tile ${fault.path} is missing.`,
      };
    case 'tile-foreign':
      return {
        zh: `${fault.path} 不是这棵树的瓦片。`,
        en: `${fault.path} is no tile of this tree.`,
      };
    case 'checkpoint-unreadable':
      return {
        zh: '瓦片旁的检查点缺失或不成格式。',
        en: 'The checkpoint beside the tiles is missing or malformed.',
      };
    case 'checkpoint-unsigned':
      return {
        zh: '瓦片旁的检查点上的签名,不全是这本日志签的或见证方联署的。',
        en: 'The checkpoint beside the tiles bears a signature that is not of this log or its witnesses, or none.',
      };
    case 'checkpoint-differs':
      return {
        zh: `瓦片旁的检查点(${fault.size} 个事件)不是这本日志的。`,
        en: `The checkpoint beside the tiles (${fault.size} events) is not of this log.`,
      };
  }
};
