import { invitationStatuses } from '../domain/identity/invitation.entity.ts';
import { roles } from '../domain/identity/membership.entity.ts';
import { organizationKinds } from '../domain/identity/organization.entity.ts';
import { mailStatuses } from '../domain/mail/mail.entity.ts';
import { serviceTokenScopes } from '../domain/service-token/service-token.entity.ts';
import { sessionEndings } from '../domain/session/session.entity.ts';
import { enumOf } from './enum-of.ts';

export const RoleEnum = enumOf(roles, 'Role', 'What a member of an organization may do.', {
  OWNER: 'Everything.',
  ADMIN: 'Everything but the organization itself.',
  ANALYST: 'Reads all clients.',
  CLIENT: 'Reads its own clients only.',
});
export const OrganizationKindEnum = enumOf(
  organizationKinds,
  'OrganizationKind',
  'Whom an organization reports for.',
  { AGENCY: 'Its clients.', INDIVIDUAL: 'Itself: it has one client.' },
);
export const InvitationStatusEnum = enumOf(
  invitationStatuses,
  'InvitationStatus',
  'What has become of an invitation.',
  {
    PENDING: 'Its link can be used.',
    ACCEPTED: 'Its link was used.',
    REVOKED: 'Its link is void.',
    EXPIRED: 'Its link came too late; another can be sent.',
  },
);
export const MailStatusEnum = enumOf(mailStatuses, 'MailStatus', 'What has become of a mail.', {
  QUEUED: 'It is to be sent.',
  SENT: 'The mail server has accepted it.',
  FAILED: 'The mail server refused it, for good or too often.',
  CANCELLED: 'It was no longer wanted before it was sent.',
});
export const ServiceTokenScopeEnum = enumOf(
  serviceTokenScopes,
  'ServiceTokenScope',
  'What a service token may do. None of these administers.',
  {
    READ: 'Reads as an analyst does or, limited to clients, as their users do.',
    INGEST:
      'Starts ingestion runs and backfills, cancels and retries them, and corrects rejects. Reads nothing by itself.',
  },
);
export const SessionEndingEnum = enumOf(
  sessionEndings,
  'SessionEnding',
  'Why a session was ended before its time.',
  {
    SIGNED_OUT: 'By who signed in.',
    REVOKED: 'By them elsewhere, or by an admin.',
    REFRESH_REUSED: 'A refresh token that was traded before came again: somebody else has it.',
    PASSWORD_CHANGED: 'Their password was changed.',
    USER_DEACTIVATED: 'They were deactivated.',
    CLIENT_DISABLED: 'The last client that they see was disabled.',
    OPERATOR: 'By who runs this installation.',
  },
);
