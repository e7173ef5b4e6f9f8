export declare function messageFaults(message: string): readonly string[]
export declare function historyFaults(project: string): readonly string[]
export declare function withoutComments(project: string, text: string): string
