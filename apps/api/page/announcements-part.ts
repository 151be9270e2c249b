import type { BoardEntry, BoardStatus } from '#projections/announcement-board/query';
import { BOARD_STATUS_NAMES, STAGE_NAMES } from '#presentation/announcement-names';
import { wan } from '#presentation/figures';
import { html, type Html } from './html.ts';
import type { PageData, Say } from './page-data.ts';

const LATE: readonly BoardStatus[] = ['missing', 'overdue'];

/** What is owed to the public, late first. */
export const announcementsPart = ({ board }: PageData, say: Say): Html => {
  const counts = Object.entries(BOARD_STATUS_NAMES).flatMap(([status, { zh, en }]) => {
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
  const status = BOARD_STATUS_NAMES[entry.status];
  const stage = STAGE_NAMES[entry.stage];
  const tone = LATE.includes(entry.status) ? 'late' : entry.status;
  return html`<tr>
    <td>${entry.placeName} ${entry.projectName ?? ''}</td>
    <td>${wan(entry.amountFen)}</td>
    <td>${say(stage.zh, stage.en)}</td>
    <td class="${tone}">${say(status.zh, status.en)}</td>
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
