using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// How much to think, said in the way of the target's model
/// (https://platform.claude.com/docs/en/build-with-claude/extended-thinking, …/adaptive-thinking, …/effort), and the
/// limit of tokens that goes with it.
/// </summary>
/// <param name="Type"><c>enabled</c>, <c>adaptive</c>, <c>disabled</c>; null leaves the field out.</param>
internal sealed record AnthropicMessagesThinking(int MaxTokens, string? Type = null)
{
    /// <summary>How fields of the object are named that no other dialect has a word for.</summary>
    public const string Prefix = "thinking.";

    public int? Budget { get; private init; }

    public string? Effort { get; private init; }

    public string? Display { get; private init; }

    /// <summary>
    /// Earlier thinking that does not fit what stands before it is left out, rather than the request refused
    /// (https://platform.claude.com/docs/en/build-with-claude/preserved-thinking).
    /// </summary>
    public bool DropsWhatDoesNotFit { get; private init; }

    public bool IsOn => Type is "enabled" or "adaptive";

    /// <summary>Thinks by a fixed budget, which bears less beside it than adaptive thinking does.</summary>
    public bool HasBudget => Type == "enabled";

    public static AnthropicMessagesThinking Plan(
        ChatRequest request, EncodingContext context, AnthropicMessagesTurns turns)
    {
        AnthropicMessagesThinking planned = PlanUnbound(request, context, turns);

        // A client of this dialect says itself what is to become of thinking that no longer fits.
        bool mayNotFit = context.Traits.BindsThinking
            && !AnthropicMessagesRequestEncoder.IsOwn(request) && turns.BringThinking;
        return mayNotFit && planned.Type != "disabled"
            ? planned with { Type = planned.Type ?? "adaptive", DropsWhatDoesNotFit = true }
            : planned;
    }

    private static AnthropicMessagesThinking PlanUnbound(
        ChatRequest request, EncodingContext context, AnthropicMessagesTurns turns)
    {
        TargetTraits traits = context.Traits;
        bool own = AnthropicMessagesRequestEncoder.IsOwn(request);
        AnthropicMessagesThinking off = new(Limit(request.Options, context));
        if (request.Options.Reasoning is not { } asked)
        {
            return off;
        }

        string field = asked.Field ?? "reasoning_effort";
        if (traits.Thinking == ThinkingStyle.None)
        {
            if (asked.Enabled != false && asked.Effort != "none")
            {
                context.Losses.Drop(field);
            }

            return off;
        }

        AnthropicMessagesThinking planned = own && traits.Thinking == ThinkingStyle.Effort
            ? AsSaid(asked, off)
            : ForStyle(asked, own, field, off, context);
        if (!planned.HasBudget)
        {
            return planned;
        }

        if ((traits.ForcedTools && OfferedToolChoice.IsForced(request)) || turns.InUnsignedToolLoop)
        {
            // With a budget (adaptive thinking bears both) it is refused beside a forced tool, and where the turn to
            // go on from does not begin with thinking.
            context.Losses.Note(field);
            return off;
        }

        return planned.Fit(request.Options.MaxOutputTokens, asked, field, context);
    }

    /// <param name="others">What only this dialect's clients say beside it (<c>block_binding</c>).</param>
    public void Write(Utf8JsonWriter writer, IEnumerable<Extension> others)
    {
        if (Type is null)
        {
            return;
        }

        writer.WriteStartObject("thinking"u8);
        writer.WriteString("type"u8, Type);
        if (Budget is { } budget)
        {
            writer.WriteNumber("budget_tokens"u8, budget);
        }

        if (Display is not null)
        {
            writer.WriteString("display"u8, Display);
        }

        if (DropsWhatDoesNotFit)
        {
            writer.WriteStartObject("block_binding"u8);
            writer.WriteString("prefix_mismatch_behavior"u8, "drop_block"u8);
            writer.WriteEndObject();
        }

        foreach (Extension extension in others)
        {
            writer.WritePropertyName(extension.Name.AsSpan(Prefix.Length));
            writer.WriteOnOneLine(extension.Value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Nothing is known of the model: its own dialect's words are passed on.</summary>
    private static AnthropicMessagesThinking AsSaid(ReasoningOptions asked, AnthropicMessagesThinking off) => off with
    {
        Type = asked switch
        {
            { Adaptive: true } => "adaptive",
            { Enabled: true } => "enabled",
            { Enabled: false } => "disabled",
            _ => null,
        },
        Budget = asked.Adaptive ? null : asked.BudgetTokens,
        Effort = asked.Effort,
        Display = asked.Display,
    };

    private static AnthropicMessagesThinking ForStyle(
        ReasoningOptions asked, bool own, string field, AnthropicMessagesThinking off, EncodingContext context)
    {
        ThinkingStyle style = context.Traits.Thinking;
        IReadOnlyList<string> taken = style == ThinkingStyle.Budget ? [] : context.Traits.Efforts;
        bool isOff = asked.Enabled == false || asked.Effort == "none";
        if (isOff && EffortScale.Within("none", taken) == "none")
        {
            return off with
            {
                Type = own || style == ThinkingStyle.Adaptive ? "disabled" : null,
                Effort = own ? asked.Effort : null,
            };
        }

        string? wished = isOff ? "none" : AnthropicMessagesEffort.Word(asked);
        string? effort = wished is null ? null : EffortScale.Within(wished, taken);
        if (effort != wished)
        {
            context.Losses.Note(field);
        }

        if (own && asked is { Enabled: null, BudgetTokens: null })
        {
            // Effort alone: on this wire that is a wish about the answer, not for thinking.
            return off with { Effort = effort };
        }

        return style switch
        {
            ThinkingStyle.Adaptive => off with
            {
                Type = "adaptive",
                Effort = effort,

                // Newer models show no thinking unless told to; other dialects' clients expect to see it.
                Display = own ? asked.Display : "summarized",
            },
            ThinkingStyle.Budget => off with
            {
                Type = "enabled",
                Budget = asked.BudgetTokens ?? AnthropicMessagesEffort.Budget(effort),
                Display = own ? asked.Display : null,
            },
            _ => off with { Effort = effort },
        };
    }

    private static int Limit(GenerationOptions options, EncodingContext context)
    {
        int? asked = options.MaxOutputTokens;
        int? most = context.Traits.MaxOutputTokens;
        if (asked > most)
        {
            // More than the model can say is refused, not clamped, by the API.
            string field = options.MaxOutputTokensField is null ? "max_tokens" : "max_completion_tokens";
            context.Losses.Note(field);
            return most.Value;
        }

        return asked ?? most ?? AnthropicMessagesWire.DefaultMaxTokens;
    }

    /// <summary>
    /// The budget must stay below the limit, which counts both thinking and answer. Where nobody set a limit it makes
    /// room for both; within one, a budget that only an effort stands for leaves a quarter to the answer.
    /// </summary>
    private AnthropicMessagesThinking Fit(int? asked, ReasoningOptions options, string field, EncodingContext context)
    {
        int wished = Budget ?? AnthropicMessagesEffort.Budget(null);
        int budget = Math.Max(wished, AnthropicMessagesWire.LeastThinkingBudget);
        if ((asked ?? context.Traits.MaxOutputTokens) is null)
        {
            budget = Math.Min(budget, int.MaxValue - AnthropicMessagesWire.DefaultMaxTokens);
            return this with { Budget = budget, MaxTokens = budget + AnthropicMessagesWire.DefaultMaxTokens };
        }

        budget = Math.Min(budget, options.BudgetTokens is null ? MaxTokens / 4 * 3 : MaxTokens - 1);
        if (budget < AnthropicMessagesWire.LeastThinkingBudget)
        {
            context.Losses.Note(field);
            return new AnthropicMessagesThinking(MaxTokens) { Effort = Effort };
        }

        return this with { Budget = budget };
    }
}
