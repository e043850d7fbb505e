using System.Collections.Frozen;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>What stands inside steps: content, by its types.</summary>
internal static class GoogleInteractionsContent
{
    public static FrozenSet<string> Types { get; } = FrozenSet.Create("text", "image", "audio", "document", "video");

    /// <summary>Whether a part that only this dialect knows stands inside a step, and is none itself.</summary>
    public static bool Is(OpaquePart part) => Types.Contains(part.Kind);
}
