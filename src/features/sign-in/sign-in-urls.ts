export const signInPath = '/sign-in'
export const signOutPath = '/sign-out'
export const helpPath = '/help/sign-in'
