/** Every public address, without parameters. Pages, routes and mails name none by hand. */
export const paths = {
  sessionCheck: '/api/session',
  signOut: '/sign-out',
} as const
