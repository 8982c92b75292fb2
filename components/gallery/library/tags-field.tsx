'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useState } from 'react';
import { Field, fieldControl } from '#components/ui/form/field.tsx';
import { Input } from '#components/ui/form/input.tsx';
import { HeardWords, OwnWords } from '#components/ui/own-words.tsx';
import { cleanTag, cleanTags, tagProblem } from '#lib/gallery/library/tags.ts';
import { galleryLimits } from '#lib/gallery/policy.ts';

type Props = {
  label: string;
  tags: readonly string[];
  onChange: (tags: readonly string[]) => void;
  /** Tags used before, most used first. */
  known: readonly string[];
};

const shownAtMost = 8;

/**
 * Tags as they are typed: a comma or Enter makes one, ones used before are offered. What stands in the field
 * when it is left is a tag too, so that nothing typed is lost.
 */
export function TagsField({ label, tags, onChange, known }: Props) {
  const t = useTranslations('library.gallery.tags');
  const messages = useTranslations();
  const id = useId();
  const [text, setText] = useState('');
  const keys = new Set(tags.map(cleanTag));
  const typed = cleanTag(text);
  const offered = known
    .filter((tag) => !keys.has(cleanTag(tag)) && cleanTag(tag).includes(typed))
    .slice(0, shownAtMost);
  const problem = tagProblem(cleanTags([...tags, text]));
  const error = problem ? messages(problem, { most: galleryLimits.maxTags }) : undefined;

  const add = (...more: string[]) => {
    const all = cleanTags([...tags, ...more]);
    if (tagProblem(all)) return;
    onChange(all);
    setText('');
  };
  const type = (value: string) => {
    const parts = value.split(/[,،\n]/);
    if (parts.length > 1) add(...parts);
    else setText(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      add(text);
    }
    if (event.key === 'Backspace' && text === '' && tags.length > 0) onChange(tags.slice(0, -1));
  };

  return (
    <Field id={id} label={label} hint={t('hint', { most: galleryLimits.maxTags })} error={error}>
      <div className="grid gap-2">
        {tags.length > 0 ? (
          <ul aria-label={label} className="flex flex-wrap gap-1.5">
            {tags.map((tag) => (
              <li key={tag} className="inline-flex items-center rounded-full bg-primary-soft ps-3 text-sm">
                <OwnWords>{tag}</OwnWords>
                <button
                  type="button"
                  onClick={() => onChange(tags.filter((other) => other !== tag))}
                  className="grid size-8 place-content-center rounded-full hover:bg-sunken"
                >
                  <X aria-hidden="true" className="size-4" />
                  <HeardWords text={t('remove', { tag })} own={tag} />
                </button>
              </li>
            ))}
          </ul>
        ) : null}
        <Input
          {...fieldControl(id, 'tags', true, error)}
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => text.trim() !== '' && add(text)}
          autoComplete="off"
          dir="auto"
        />
        {offered.length > 0 ? (
          <fieldset aria-label={t('known')} className="flex flex-wrap gap-1.5">
            {offered.map((tag) => (
              <button
                key={tag}
                type="button"
                // The field must not be left first: that would take the half-typed word as a tag.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => {
                  onChange(cleanTags([...tags, tag]));
                  setText('');
                }}
                className="min-h-8 rounded-full border border-line px-3 text-sm text-muted hover:border-field hover:text-ink"
              >
                <OwnWords>{tag}</OwnWords>
              </button>
            ))}
          </fieldset>
        ) : null}
      </div>
    </Field>
  );
}
