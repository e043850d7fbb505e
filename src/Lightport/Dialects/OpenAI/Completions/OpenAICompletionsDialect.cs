namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>
/// OpenAI's text completions of old (https://platform.openai.com/docs/api-reference/completions): where the provider
/// has none, the prompt is asked as a chat of one turn.
/// </summary>
internal static class OpenAICompletionsDialect
{
    public static DialectOperation Completion { get; } = new(DialectIds.OpenAICompletions, Operation.Completion)
    {
        Served = new OpenAICompletionsServed(),
        Passed = new OpenAICompletionsPassed(),
    };
}
