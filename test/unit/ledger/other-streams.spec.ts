import { describe, expect, test } from '@jest/globals';
import { announcementDecider } from '#ledger/announcement/announcement-decider';
import { COMMAND_TABLE } from '#ledger/command-table';
import { DECIDERS, streamOf } from '#ledger/commands';
import { noticeDecider } from '#ledger/notice/notice-decider';
import { parameterDecider } from '#ledger/parameter/parameter-decider';
import { payeeDecider } from '#ledger/payee/payee-decider';
import type { PayeeIdentity } from '#ledger/payee/payee-events';
import { placeDecider } from '#ledger/place/place-decider';
import {
  announcement,
  answered,
  county,
  ended,
  notice,
  objection,
  parameter,
  posted,
  raised,
} from './examples.ts';
import { statementPayment } from './fund-examples.ts';
import { given } from './given.ts';

describe('places', () => {
  const registered = { type: 'PlaceRegistered', data: county } as const;

  test('are registered with a code of their level', () => {
    given(placeDecider).when({ type: 'RegisterPlace', data: county }).then(registered);
  });

  test('are renamed, given a code, merged', () => {
    const { placeId } = county;
    const name = { placeId, name: '朔城新区' };
    const code = { placeId, divisionCode: '140602000000' };
    const merger = { placeId, intoPlaceId: 'pinglu' };
    const givenCounty = given(placeDecider, registered);
    givenCounty
      .when({ type: 'RenamePlace', data: name })
      .then({ type: 'PlaceRenamed', data: name });
    givenCounty
      .when({ type: 'AssignPlaceCode', data: code })
      .then({ type: 'PlaceCodeAssigned', data: code });
    givenCounty
      .when({ type: 'MergePlace', data: merger })
      .then({ type: 'PlaceMerged', data: merger });
  });
});

describe('payees', () => {
  test('a person is an id and a commitment', () => {
    const person: PayeeIdentity = { payeeId: 'p-1', kind: 'person', commitment: 'c'.repeat(64) };
    given(payeeDecider)
      .when({ type: 'RegisterPayee', data: person })
      .then({ type: 'PayeeRegistered', data: person });
  });

  test('an organisation may change its name', () => {
    const before: PayeeIdentity = { payeeId: 'p-2', kind: 'cooperative', name: '兴张合作社' };
    const after: PayeeIdentity = { ...before, name: '兴张农牧合作社' };
    given(payeeDecider, { type: 'PayeeRegistered' as const, data: before })
      .when({ type: 'ChangePayee', data: after })
      .then({ type: 'PayeeChanged', data: after });
  });
});

test('a person is in clear by a credit code alone, too', () => {
  const data: PayeeIdentity = { payeeId: 'p-1', kind: 'person', creditCode: '91350100M000100Y43' };
  given(payeeDecider)
    .when({ type: 'RegisterPayee', data })
    .thenRefused({ code: 'person-in-clear', payeeId: 'p-1' });
});

test('an annex of a notice need not state its total', () => {
  const annexes = notice.annexes.map(({ statedTotalFen: _stated, ...annex }) => annex);
  const data = { ...notice, annexes };
  given(noticeDecider).when({ type: 'IssueNotice', data }).then({ type: 'NoticeIssued', data });
});

describe('announcements', () => {
  test('may run for a single day', () => {
    const data = { ...announcement, plannedUntil: announcement.from };
    given(announcementDecider)
      .when({ type: 'PostAnnouncement', data })
      .then({ type: 'AnnouncementPosted', data });
  });

  const { announcementId } = announcement;

  test('are posted and ended', () => {
    given(announcementDecider).when({ type: 'PostAnnouncement', data: announcement }).then(posted);
    given(announcementDecider, posted)
      .when({ type: 'EndAnnouncement', data: { announcementId } })
      .then({ type: 'AnnouncementEnded', data: { announcementId } });
  });

  test('hear objections even after their end, and answer them', () => {
    given(announcementDecider, posted, ended)
      .when({ type: 'RaiseObjection', data: objection })
      .then(raised);
    given(announcementDecider, posted, ended, raised)
      .when({ type: 'AnswerObjection', data: answered.data })
      .then(answered);
  });

  test('whose answer is revoked have the objection open, and it is answered anew', () => {
    const { announcementId, objectionId } = objection;
    const revocation = { announcementId, objectionId, reversedEventId: 'event-2', reason: '误' };
    const revoked = { type: 'ObjectionAnswerRevoked', data: revocation } as const;
    given(announcementDecider, posted, raised, answered)
      .when({ type: 'RevokeObjectionAnswer', data: revocation })
      .then(revoked);
    given(announcementDecider, posted, raised, answered, revoked)
      .when({ type: 'AnswerObjection', data: answered.data })
      .then(answered);
    const withdrawal = { announcementId, objectionId, reason: '误' };
    given(announcementDecider, posted, raised, answered, revoked)
      .when({ type: 'WithdrawObjection', data: withdrawal })
      .then({ type: 'ObjectionWithdrawn', data: { ...withdrawal, statusBefore: 'raised' } });
  });

  test('an objection may have any id, also the name of a property that all objects have', () => {
    const named = { announcementId, objectionId: 'constructor', matter: '面积不符' };
    const answer = { announcementId, objectionId: 'constructor', answer: '已复核' };
    given(announcementDecider, posted)
      .when({ type: 'AnswerObjection', data: answer })
      .thenRefused({ code: 'objection-not-found', objectionId: 'constructor' });
    given(announcementDecider, posted)
      .when({ type: 'RaiseObjection', data: named })
      .then({ type: 'ObjectionRaised', data: named });
  });
});

test('parameters are set again and again, each time with a source', () => {
  const set = { type: 'ParameterSet', data: parameter } as const;
  given(parameterDecider, set, set).when({ type: 'SetParameter', data: parameter }).then(set);
});

describe('every command', () => {
  test('goes to a stream that has a decider', () => {
    for (const { stream } of Object.values(COMMAND_TABLE)) expect(DECIDERS).toHaveProperty(stream);
  });

  test('goes to the stream of the subject it names', () => {
    expect(streamOf({ type: 'DisburseFunds', data: statementPayment(1) })).toBe('fund-greenhouse');
    expect(streamOf({ type: 'RegisterPlace', data: county })).toBe('place-shuocheng');
  });
});

test.each(['', ' ', '\u3000', '\u200B', '\u3164'])(
  'an organisation is not registered under the name “%s”, which no reader sees',
  (name) => {
    const data = { payeeId: 'blank', kind: 'cooperative', name } as const;
    given(payeeDecider)
      .when({ type: 'RegisterPayee', data })
      .thenRefused({ code: 'organisation-without-name', payeeId: 'blank' });
  },
);
