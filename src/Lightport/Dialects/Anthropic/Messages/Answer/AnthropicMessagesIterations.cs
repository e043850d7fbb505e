using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The samplings that an answer was made of, where its usage lists them. The usage's own sums hold those of the model
/// that answered alone: a summary of the conversation (…/build-with-claude/compaction), an adviser
/// (…/agents-and-tools/tool-use/advisor-tool) and a model that refused before another answered
/// (…/build-with-claude/refusals-and-fallback) stand in the list only, and are billed as well.
/// </summary>
internal sealed class AnthropicMessagesIterations
{
    /// <summary>Answers have a handful; what a provider lists beyond it is a mistake.</summary>
    private const int MostOthers = 256;

    private readonly List<ModelUsage> _advice = [];
    private readonly List<ModelUsage> _refused = [];
    private TokenUsage _sum = new();
    private TokenUsage? _fallback;
    private bool _hasSummary;

    /// <summary>What the model that answered used, where the usage's own sums do not say it; else null.</summary>
    public TokenUsage? Served => _fallback ?? (_hasSummary ? _sum : null);

    /// <summary>What other models used; null where none did.</summary>
    public IReadOnlyList<ModelUsage>? OfOthers =>
        _fallback is not null && _refused.Count > 0 ? [.. _refused, .. _advice]
        : _advice.Count > 0 ? _advice
        : null;

    /// <param name="model">Which one; null where the provider does not say.</param>
    public void Add(string? type, string? model, TokenUsage usage)
    {
        switch (type)
        {
            case "advisor_message":
                AddTo(_advice, model, usage);
                break;
            case "fallback_message":
                _fallback = (_fallback?.Plus(usage) ?? usage) with { Model = model };
                break;
            case "message" or "compaction":
                _hasSummary |= type == "compaction";
                _sum = _sum.Plus(usage);
                AddTo(_refused, model, usage);
                break;
        }
    }

    /// <summary>A refusal before the first word is free.</summary>
    private static void AddTo(List<ModelUsage> list, string? model, TokenUsage usage)
    {
        if (model is not null && usage.Completion > 0 && list.Count < MostOthers)
        {
            list.Add(new ModelUsage(model, usage));
        }
    }
}
