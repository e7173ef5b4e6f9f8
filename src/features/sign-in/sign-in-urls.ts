export const signInPath = '/sign-in'
export const helpPath = '/help/sign-in'
