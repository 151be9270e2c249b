import { describe, expect, test } from '@jest/globals';
import { introducedBy, isDirectoryEvent, reliedOnBy } from '#ledger/event-types';
import { toFenJson, type FenJsonEvent } from '#ledger/fen-json';
import { TRANSFER_KINDS, transferCode, transferKindAt } from '#ledger/fund/transfer';
import type { LedgerEvent } from '#ledger/ledger-events';
import {
  noticeIssued,
  noticeWithdrawn,
  payeeRegistered,
  parameter,
  posted,
  raised,
  villageMerged,
  villageRegistered,
} from './examples.ts';
import { allocated, approved, arrived, paid, requested } from './fund-examples.ts';

describe('what an event introduces, and what it relies on', () => {
  const set = { type: 'ParameterSet', data: parameter } as const;
  const paidOnRequest = paid(1, { ground: { kind: 'request', requestId: 'request-1' } });

  test.each<[LedgerEvent, readonly string[], readonly string[]]>([
    [villageRegistered, ['place-xincun'], ['place-jiazhuang']],
    [villageMerged, [], ['place-xincun', 'place-beicao']],
    [
      {
        type: 'PlaceParentChanged',
        data: { placeId: 'xincun', parentId: 'shentou', approval: '〔2024〕8号' },
      },
      [],
      ['place-xincun', 'place-shentou'],
    ],
    [payeeRegistered, ['payee-qinghonglv'], []],
    [noticeIssued, ['notice-notice-2024-2'], ['place-xincun']],
    [noticeWithdrawn, [], ['notice-notice-2024-2']],
    [allocated, ['fund-greenhouse'], ['notice-notice-2024-2', 'place-yehujian']],
    [arrived(1), [], ['fund-greenhouse']],
    [requested(1), ['request-request-1'], ['fund-greenhouse', 'payee-qinghonglv']],
    [approved(), [], ['fund-greenhouse', 'request-request-1']],
    [paid(1), ['payment-payment-1'], ['fund-greenhouse', 'payee-qinghonglv']],
    [
      paidOnRequest,
      ['payment-payment-1'],
      ['fund-greenhouse', 'payee-qinghonglv', 'request-request-1'],
    ],
    [posted, ['announcement-board-1'], ['place-xincun', 'fund-greenhouse']],
    [raised, ['objection-o-1'], ['announcement-board-1']],
    [set, ['parameter-announcement-minimum-days'], []],
  ])('$type introduces and relies on the subjects that it names', (event, introduced, reliedOn) => {
    const json = { type: event.type, data: toFenJson(event.data) } as FenJsonEvent<LedgerEvent>;
    expect(introducedBy(json)).toEqual(introduced);
    expect(reliedOnBy(json)).toEqual(reliedOn);
  });
});

test('a registration holds from the moment it is known; a payment has its date', () => {
  expect(isDirectoryEvent(payeeRegistered)).toBe(true);
  expect(isDirectoryEvent(paid(1))).toBe(false);
  expect(isDirectoryEvent({ type: 'NotOfThisLedger' })).toBe(false);
});

describe('the number of a transfer kind', () => {
  test.each(TRANSFER_KINDS)(
    'the number of a transfer from $from to $to reads back as that kind',
    (kind) => {
      expect(transferKindAt(transferCode(kind))).toEqual(kind);
    },
  );

  test('the number of a transfer kind is its place in the list, which is stored', () => {
    expect(transferCode({ from: 'source', to: 'quota' })).toBe(0);
    expect(transferCode({ from: 'treasury', to: 'paid' })).toBe(4);
  });

  test('a transfer that is of no kind has no number, and a number beyond the list no kind', () => {
    expect(() => transferCode({ from: 'paid', to: 'quota' })).toThrow(
      'Money never goes from paid to quota.',
    );
    expect(() => transferKindAt(TRANSFER_KINDS.length)).toThrow('No transfer kind has the number');
  });
});
