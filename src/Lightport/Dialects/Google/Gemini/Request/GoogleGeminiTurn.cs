using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>A turn as it goes on the wire: whose it is, and parts that can all be written.</summary>
internal sealed class GoogleGeminiTurn(bool isModel)
{
    private List<(ContentPart Part, string? Signature)>? _results;
    private readonly List<(ContentPart Part, string? Signature)> _others = [];

    public bool IsModel => isModel;

    /// <summary>Results first, as the API wants them right behind their calls; each part with its signature.</summary>
    public List<(ContentPart Part, string? Signature)> Parts =>
        _results is null ? _others : [.. _results, .. _others];

    public void Add(ContentPart part, string? signature = null) =>
        (part is GoogleGeminiResult ? _results ??= [] : _others).Add((part, signature));
}
