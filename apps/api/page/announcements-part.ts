import type { BoardEntry, BoardStatus } from '#projections/announcement-board/query';
import { html, type Html } from './html.ts';
import type { PageData, Say } from './page.ts';
import { wan } from './totals-part.ts';

const NAMES: Record<BoardStatus, readonly [string, string]> = {
  missing: ['应公示未公示', 'Not announced'],
  overdue: ['期满未结束', 'Past its end'],
  due: ['待公示', 'Due'],
  running: ['公示中', 'Running'],
  ended: ['已公示', 'Announced'],
  withdrawn: ['已撤回', 'Withdrawn'],
};
const LATE: readonly BoardStatus[] = ['missing', 'overdue'];

/** What is owed to the public, late first. */
export const announcementsPart = ({ board }: PageData, say: Say): Html => {
  const counts = Object.entries(NAMES).flatMap(([status, [zh, en]]) => {
    const count = board.filter((entry) => entry.status === status).length;
    return count === 0 ? [] : [html`<li>${say(zh, en)}<b>${count}</b></li>`];
  });
  return html`<section>
    <h2>${say('公告公示', 'Announcements')}</h2>
    <ul class="tiles">
      ${counts}
    </ul>
    <details>
      <summary>${say('逐项', 'One by one')} (${board.length})</summary>
      <div class="scroll">
        <table>
          <tbody>
            ${board.map((entry) => row(entry, say))}
          </tbody>
        </table>
      </div>
    </details>
  </section>`;
};

const row = (entry: BoardEntry, say: Say): Html => {
  const [zh, en] = NAMES[entry.status];
  const tone = LATE.includes(entry.status) ? 'late' : entry.status;
  return html`<tr>
    <td>${entry.placeName} ${entry.projectName ?? ''}</td>
    <td>${wan(entry.amountFen)}</td>
    <td>${entry.stage === 'plan' ? say('安排', 'plan') : say('结果', 'result')}</td>
    <td class="${tone}">${say(zh, en)}</td>
    <td>${period(entry, say)}</td>
  </tr>`;
};

const period = (entry: BoardEntry, say: Say): string => {
  if (entry.dueOn !== undefined) return say(`应于 ${entry.dueOn} 前`, `due by ${entry.dueOn}`);
  const days =
    entry.daysLeft === undefined
      ? ''
      : say(`,还剩 ${entry.daysLeft} 天`, `, ${entry.daysLeft} days left`);
  return `${entry.from ?? ''} — ${entry.plannedUntil ?? ''}${days}`;
};
