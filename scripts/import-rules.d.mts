export type Violation = { readonly rule: string; readonly from: string; readonly to: string }

export declare const ruleNames: readonly string[]
export declare function checkImports(project: string): Promise<readonly Violation[]>
export declare function unread(project: string, modules: readonly { readonly source: string }[]): readonly Violation[]
