using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Google's Interactions API (https://ai.google.dev/gemini-api/docs/interactions).</summary>
internal static class GoogleInteractionsDialect
{
    public static DialectOperation Chat { get; } = new(DialectIds.GoogleInteractions, Operation.Chat)
    {
        Reads = [StateFormats.Interactions],
        Served = new GoogleInteractionsServed(),
        Spoken = new GoogleInteractionsSpoken(),
        Passed = new GoogleInteractionsPassed(),
    };

    public static DialectOperation KeptAnswer { get; } = new(DialectIds.GoogleInteractions, Operation.KeptAnswer)
    {
        Served = new GoogleInteractionsKeptServed(),
    };
}
