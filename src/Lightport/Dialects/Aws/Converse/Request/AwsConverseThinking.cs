using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// How much to think, said in <c>additionalModelRequestFields</c> in the way of the target's model
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-reasoning.html).
/// </summary>
/// <param name="MaxTokens">The limit that goes with it; null leaves it to the model.</param>
internal sealed record AwsConverseThinking(int? MaxTokens)
{
    private int? Budget { get; init; }

    private bool IsAdaptive { get; init; }

    private string? Effort { get; init; }

    /// <summary>Thinks by a fixed budget, which bears no tool that must be called beside it.</summary>
    public bool HasBudget => Budget is not null;

    /// <summary>While it thinks so, the model samples in one way only.</summary>
    public bool IsOn => HasBudget || IsAdaptive;

    public static AwsConverseThinking Plan(
        ChatRequest request, AwsConverseFamily family, AwsConverseTurns turns, EncodingContext context)
    {
        var off = new AwsConverseThinking(AwsConverseInference.Limit(request.Options, context));
        if (request.Options.Reasoning is not { } asked)
        {
            return off;
        }

        string field = asked.Field ?? "reasoning_effort";
        ThinkingStyle style = context.Traits.Thinking;
        bool isOff = asked.Enabled == false || asked.Effort == "none";
        if (style == ThinkingStyle.None || (style == ThinkingStyle.Effort && family.Effort is null))
        {
            if (!isOff)
            {
                context.Losses.Drop(field);
            }

            return off;
        }

        string? wished = isOff ? "none" : EffortScale.Word(asked);
        IReadOnlyList<string> taken = style == ThinkingStyle.Budget ? [] : context.Traits.Efforts;
        string? effort = wished is null ? null : EffortScale.Within(wished, taken);
        if (effort != wished)
        {
            context.Losses.Note(field);
        }

        return effort == "none" ? off
            : style == ThinkingStyle.Effort ? off with { Effort = effort }
            : style == ThinkingStyle.Adaptive ? off with { IsAdaptive = true, Effort = effort }
            : off.WithBudget(request, asked.BudgetTokens ?? EffortScale.Budget(effort), turns, context);
    }

    /// <summary>Writes the fields of <c>additionalModelRequestFields</c>.</summary>
    public void Write(Utf8JsonWriter writer, AwsConverseFamily family)
    {
        if (Budget is { } budget)
        {
            writer.WriteStartObject("thinking"u8);
            writer.WriteString("type"u8, "enabled"u8);
            writer.WriteNumber("budget_tokens"u8, budget);
            writer.WriteEndObject();
        }
        else if (IsAdaptive)
        {
            writer.WriteStartObject("thinking"u8);
            writer.WriteString("type"u8, "adaptive"u8);
            writer.WriteString("display"u8, "summarized"u8);
            writer.WriteEndObject();
            WriteClaudesEffort(writer);
        }
        else if (Effort is { } effort && family.Effort == AwsConverseFamily.NovaEffort)
        {
            writer.WriteStartObject(AwsConverseFamily.NovaEffort);
            writer.WriteString("type"u8, "enabled"u8);
            writer.WriteString("maxReasoningEffort"u8, effort);
            writer.WriteEndObject();
        }
        else if (Effort is not null)
        {
            writer.WriteString(family.Effort!, Effort);
        }
    }

    /// <summary>Whether <see cref="Write"/> writes anything.</summary>
    public bool IsSaid => IsOn || Effort is not null;

    private void WriteClaudesEffort(Utf8JsonWriter writer)
    {
        if (Effort is not null)
        {
            writer.WriteStartObject("output_config"u8);
            writer.WriteString("effort"u8, Effort);
            writer.WriteEndObject();
        }
    }

    /// <summary>
    /// The budget must stay below the limit, which counts thinking and answer. It is refused beside a tool that must be
    /// called, and where the turn to go on from does not begin with thinking.
    /// </summary>
    private AwsConverseThinking WithBudget(
        ChatRequest request, int wished, AwsConverseTurns turns, EncodingContext context)
    {
        int budget = Math.Max(wished, AwsConverseWire.LeastThinkingBudget);
        int limit = MaxTokens ?? context.Traits.MaxOutputTokens
            ?? (int)Math.Min(budget + (long)AwsConverseWire.DefaultMaxTokens, int.MaxValue);
        budget = Math.Min(budget, limit - 1);
        bool isForced = context.Traits.ForcedTools && OfferedToolChoice.IsForced(request);
        if (budget < AwsConverseWire.LeastThinkingBudget || isForced || turns.InUnsignedToolLoop)
        {
            context.Losses.Note(request.Options.Reasoning!.Field ?? "reasoning_effort");
            return this;
        }

        return new AwsConverseThinking(limit) { Budget = budget };
    }
}
