using System.Globalization;
using Lightport.Conversation;

namespace Lightport.Routing.Eligibility;

/// <summary>What a model takes, as far as it is known; null where it is not.</summary>
internal readonly record struct ModelLimits
{
    /// <summary>The most tokens of prompt and answer together.</summary>
    public long? Context { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    public long? Output { get; init; }

    public bool? Tools { get; init; }

    /// <summary>Holds its answer to a JSON Schema.</summary>
    public bool? Schema { get; init; }

    /// <summary>What it takes beside text.</summary>
    public ContentKinds? Input { get; init; }

    /// <summary>Why a request asks for more, as a sentence; null where it does not.</summary>
    public string? WhyNot(in RequestNeeds needs)
    {
        if (needs.Tools && Tools == false)
        {
            return "It takes no tools.";
        }

        if (needs.Input != ContentKinds.None && Input is { } taken && (needs.Input & ~taken) is not 0 and var more)
        {
            return $"It takes no {Words(more)}.";
        }

        if (needs.Schema && Schema == false)
        {
            return "It does not hold its answer to a JSON Schema.";
        }

        if (needs.OutputTokens > Output)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"An answer of it has {Output} tokens at most, and {needs.OutputTokens} are asked for.");
        }

        long asked = needs.PromptTokens + (needs.OutputTokens ?? 0);
        return needs.PromptTokens > 0 && asked > Context
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It takes {Context} tokens of prompt and answer, and this is about {asked}.")
            : null;
    }

    private static string Words(ContentKinds kinds) => string.Join(
        " and no ",
        new[]
        {
            kinds.HasFlag(ContentKinds.Image) ? "images" : null,
            kinds.HasFlag(ContentKinds.Audio) ? "audio" : null,
            kinds.HasFlag(ContentKinds.Video) ? "video" : null,
            kinds.HasFlag(ContentKinds.File) ? "files" : null,
        }.OfType<string>());
}
