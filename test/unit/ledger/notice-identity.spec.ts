import { describe, expect, test } from '@jest/globals';
import { documentNumberKey } from '#ledger/document-number';
import { identifyNotice } from '#ledger/notice/notice-identity';
import { foldForComparing, foldPrinted } from '#ledger/printed-text';

const FULL = '朔州市朔城区巩固拓展脱贫攻坚成果同乡村振兴有效衔接领导小组';
const known = [
  { noticeId: 'a', issuer: '朔城区衔接领导小组', documentNumber: '朔区衔接组〔2024〕6号' },
  { noticeId: 'b', issuer: '朔城区财政局', documentNumber: '朔区财〔2024〕11号' },
  { noticeId: 'c', issuer: '朔城区财政局', documentNumber: '2024年11号' },
].map((one) => ({ ...one, edition: 1, isWithdrawn: false }));
const identify = (issuer: string, documentNumber: string) => {
  const found = identifyNotice({ issuer, documentNumber }, known);
  return found.kind === 'new' ? 'new' : `${found.kind} ${found.notice.noticeId}`;
};

describe('a notice that the ledger holds', () => {
  test.each([
    ['朔城区衔接领导小组', '朔区衔接组[2024]6号'],
    ['朔城区衔接领导小组', '朔区衔接组\uFF3B2024\uFF3D６号'],
    ['朔城区衔接领导小组', '朔区衔接组【2024】第06號'],
    ['朔城区衔接领导小组', '朔区衔接组(2024〕6号'],
    ['朔城区衔接领导小组', '朔区\u200B衔接组〔2024〕\u00AD6号'],
    [' 朔城区 衔接\u200D领导小组', '朔区衔接组 〔 2024 〕 6 号'],
    ['朔城区衔接领导⼩组', '朔区衔接组〔2024〕6号'],
  ])('is found under %j and %j', (issuer, documentNumber) => {
    expect(identify(issuer, documentNumber)).toBe('recorded a');
  });

  test.each([FULL, '山西省朔州市朔城区衔接领导小组', '衔接领导小组'])(
    'is found by its whole number where the issuer is written %s',
    (issuer) => {
      expect(identify(issuer, '朔区衔接组〔2024〕6号')).toBe('recorded a');
    },
  );

  test('may be the one of the same number by another issuer: that is a question', () => {
    expect(identify('朔城区农业农村局', '朔区财〔2024〕11号')).toBe('alike b');
  });

  test.each(['朔区财2024 11号', '朔区财〔2024〕11号文件', '朔区财〔2024〕11', '朔区财2024第11号'])(
    'may be the one whose number is %s but for marks: that is a question',
    (documentNumber) => {
      expect(identify('朔城区财政局', documentNumber)).toBe('alike b');
    },
  );

  test('is not known by a damaged number under a fuller issuer: that is a question', () => {
    expect(identify('朔州市朔城区财政局', '2024年11号')).toBe('alike c');
    expect(identify('朔城区财政局', '2024年11号')).toBe('recorded c');
  });

  test.each([
    ['朔城区财政局', '朔区财〔2024〕1号'],
    ['朔城区财政局', '朔区财〔2023〕11号'],
    ['朔城区衔接领导小组', '朔区财〔2024〕6号'],
  ])('is not the one by %s of number %s', (issuer, documentNumber) => {
    expect(identify(issuer, documentNumber)).toBe('new');
  });
});

describe('text from a page', () => {
  test.each([
    ['\u2FBC家村', '高家村'],
    ['\u2ED3山\u2ED4', '长山门'],
    ['\uFEFF前\u200B营\u2060村\u00A0', '前营村'],
    ['东\u202E河', '东河'],
    ['\uFA0B', '\u5ED3'],
    ['第６号(试行)', '第６号(试行)'],
  ])('%j is kept as %j', (printed, kept) => {
    expect(foldPrinted(printed)).toBe(kept);
    expect(foldPrinted(kept)).toBe(kept);
  });

  test('is compared in one width and without spaces', () => {
    expect(foldForComparing('附件 １\u3000Ａ')).toBe('附件1A');
  });

  test('of a damaged number keeps what it says', () => {
    expect(documentNumberKey('朔农发 2024 ６號')).toBe('朔农发20246号');
  });
});
