import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { putBack, takeDown } from '#lib/admin/actions.ts';
import type { GalleryRow } from '#lib/admin/gallery/store.ts';
import { refusalReasons } from '#lib/files/moderation/policy.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { BlurredPicture } from '../blurred-picture.tsx';
import { Facts } from '../facts.tsx';
import { Moment } from '../moment.tsx';
import { useRefusalField } from './refusal-field.ts';

/** Who sees an image of a gallery now. */
const standing = ({ moderation, isTrashed, isPublic }: GalleryRow) =>
  moderation !== 'accepted' ? moderation : isTrashed ? 'trash' : isPublic ? 'public' : 'private';

const tones = { refused: 'danger', waiting: 'warning', public: 'success' } as const;

/** A vendor's images, newest first, each with what can be done about it. */
export function GalleryGrid({ images }: { images: readonly GalleryRow[] }) {
  const t = useTranslations('admin.gallery');
  const words = useTranslations('admin.moderation');
  const why = useRefusalField();
  if (images.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {images.map((image) => {
        const state = standing(image);
        const tone = state in tones ? tones[state as keyof typeof tones] : undefined;
        return (
          <li
            key={image.id}
            className="grid min-w-0 content-start gap-3 rounded-card border border-line bg-surface p-4"
          >
            {image.hasFile ? (
              <BlurredPicture
                src={`/api/admin/images/${image.id}`}
                alt={words('pictureOf', { name: image.title })}
              />
            ) : (
              <p className="rounded-control bg-sunken p-6 text-center text-sm text-muted">{t('noFile')}</p>
            )}
            <p className="flex min-w-0 flex-wrap items-center gap-2 text-sm">
              <Badge {...(tone && { tone })}>{t(`state.${state}`)}</Badge>
              <OwnWords className="min-w-0 truncate">{image.title}</OwnWords>
              <span className="text-xs text-muted">
                <Moment at={image.createdAt} />
              </span>
            </p>
            <Verdict image={image} />
            {state === 'refused' ? (
              image.isUndoable && (
                <div>
                  <ActionDialog
                    act="putBack"
                    action={putBack}
                    input={{ id: image.id }}
                    about={<OwnWords>{image.title}</OwnWords>}
                    size="sm"
                  />
                </div>
              )
            ) : (
              <div>
                <ActionDialog
                  act="takeDown"
                  action={takeDown}
                  input={{ id: image.id }}
                  about={<OwnWords>{image.title}</OwnWords>}
                  fields={[why]}
                  size="sm"
                  variant="danger"
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Why an image is not shown: what made somebody look at it, what was decided, and what its owner was told. */
function Verdict({ image: { caseReason, why, decidedAt } }: { image: GalleryRow }) {
  const t = useTranslations('admin.gallery');
  const words = useTranslations('admin.moderation');
  if (!caseReason) return null;
  const known = refusalReasons.find((one) => one === why);
  return (
    <Facts
      rows={[
        [t('why'), t(`looked.${caseReason}`)],
        ...(known ? [[t('told'), words(`why.${known}`)] as const] : []),
        ...(decidedAt ? [[t('decidedAt'), <Moment key="at" at={decidedAt} />] as const] : []),
      ]}
    />
  );
}
