export { disableAccount } from './disable-account.ts'
