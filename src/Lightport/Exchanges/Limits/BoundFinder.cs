using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Preferences;
using Lightport.Prices;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// Finds what an attempt can use at most. A token has a byte of text at least, so that the prompt's bytes bound its
/// tokens; what is no text is bounded by the piece, and all of it by the model's context where that is known.
/// </summary>
internal sealed class BoundFinder(PriceBook prices, ModelFactsCatalog facts, TimeProvider time)
{
    /// <summary>A file of text, beside one token for each byte of it.</summary>
    internal const long TokensOfFile = 50_000;

    /// <summary>What vendors put before the prompt of a request that offers tools, in tokens.</summary>
    internal const long TokensOfTools = 1_000;

    /// <summary>What an answer may have where neither client nor model says a most.</summary>
    internal const long UnsaidOutput = 16_384;

    /// <summary>
    /// What stages add is guessed at a token for four bytes and at 1,600 for a picture, of which one may have 10,000.
    /// </summary>
    private const long BytesOfGrownToken = 7;

    /// <summary>No model reads or writes so much: what is above it is a number without a meaning.</summary>
    private const long MostTokens = 1_000_000_000;

    private const long MostAnswers = 1_000_000;

    /// <summary>Whether there is a model of that name, as far as is known.</summary>
    public bool Knows(Target target) => facts.Find(target.Provider.Provider.Id, target.KnownAs) is not null;

    /// <param name="isPriced">Money is limited, so that its price must be known.</param>
    public AttemptBound Of(Exchange exchange, Target target, bool isPriced)
    {
        RequestBounds said = TargetSettings.Over(exchange.Served.Bounds(exchange.Request), target);
        if (said.RunsTools && exchange.IsChanged && !LeavesTools(exchange.Conversation))
        {
            said = said with { RunsTools = false, ToolRuns = null, ToolRunsField = null, BillsSearches = false };
        }

        if (said.ToolRuns is not null && !CountingProviders.Has(target))
        {
            said = said with { ToolRuns = null, ToolRunsField = null };
        }

        ModelFacts? known = facts.Find(target.Provider.Provider.Id, target.KnownAs);
        (Traits own, Traits general) = (target.Traits, target.Provider.Traits);
        long? context = own.ContextLength ?? general.ContextLength ?? known?.ContextTokens;
        long? most = own.MaxOutputTokens ?? general.MaxOutputTokens ?? known?.OutputTokens ?? context;
        bool answers = exchange.Asked.Operation is Operation.Chat or Operation.Completion or Operation.Compaction;
        bool isSettable = answers && said.OutputField is not null && said.OutputTokens is null;
        bool isKnown = known is not null || target.IsDeployment;
        long? prompt = Prompt(exchange, target, isKnown, said, context);
        var bound = new AttemptBound
        {
            Prompt = Math.Min(prompt ?? Text(exchange), MostTokens),
            LikelyPrompt = Math.Min(exchange.PromptTokens, prompt ?? long.MaxValue),
            Answers = Math.Clamp(said.Answers ?? 1, 1, MostAnswers),
            Output = answers ? Math.Min(said.OutputTokens ?? most ?? UnsaidOutput, MostTokens) : 0,
            CanSetOutput = isSettable,
            MustSetOutput = isPriced && isSettable && most is null,
            Grows = said.RunsTools,
        };
        string? unbounded =
            prompt is null ? "the length of what it refers to is not known; set 'context-length' among the traits of "
                + $"{target}"
            : answers && said.OutputTokens is null && most is null && !isSettable
                ? $"the length of its answer is not known; set 'max-output-tokens' among the traits of {target}"
            : null;
        if ((context ?? 0) < LongContext.Tokens && LongContext.IsAskedFor(exchange))
        {
            unbounded = $"the context of {target} may be longer by the beta that it names, and what that costs is not "
                + $"known; leave '{LongContext.Beta}' out";
        }

        return isPriced ? Priced(bound, exchange, target, known, said, answers, unbounded) : bound;
    }

    /// <summary>
    /// Whether a provider is left something to run: of tools that a stage runs, each round is an attempt of its own.
    /// </summary>
    private static bool LeavesTools(ModelRequest asked) => asked is not ChatRequest { McpToolsets.Count: 0 } chat
        || chat.Tools.Any(tool => tool.Kind == ToolKind.Server || tool.Native is not null)
        || chat.Extensions.Any(field => field.IsTool);

    /// <summary>Why a vendor that chooses among providers of its own may choose a dearer one; null where it may not.
    /// </summary>
    private static string? Preferences(Exchange exchange, Target target)
    {
        foreach (string field in RoutingFields.All)
        {
            if (target.Provider.Provider.TakesPreferences && exchange.Request.IsJson
                && exchange.Request.Json.TryGet(field, out _))
            {
                return $"'{field}' may have {target.Provider.Name} ask a dearer provider or model; leave it out";
            }
        }

        return null;
    }

    /// <summary>Whether a request says how long something is to be cached; the word may stand there in escapes.
    /// </summary>
    private static bool KeepsLong(Exchange exchange) =>
        exchange.Request.IsJson && NeedFields.Mentions(exchange.Request.Body.Span, "\"ttl\""u8);

    /// <param name="isKnown">It is known which model the target is.</param>
    /// <returns>Null where nothing bounds it.</returns>
    private static long? Prompt(
        Exchange exchange, Target target, bool isKnown, in RequestBounds said, long? context)
    {
        RequestNeeds needs = exchange.Needs;
        if (!said.RunsTools
            && (exchange.Keeper is not null || said.IsKept || needs.InputMayFill
                || HidesFiles(exchange, target, needs)))
        {
            // What the provider keeps, or fetches, comes to what is sent, and only the model's context ends it.
            return context;
        }

        bool isPictures = needs is { Input: ContentKinds.Image, InputIsUnclear: false };
        long media = needs.InputParts == 0 ? 0
            : isPictures ? needs.InputParts * PictureTokens.At(target, isKnown)
            : (needs.InputParts * TokensOfFile) + needs.InputBytes;
        long prompt = Math.Max(0, Text(exchange) - needs.InputBytes) + media + (needs.Tools ? TokensOfTools : 0);
        if (!said.RunsTools)
        {
            return Math.Min(prompt, context ?? long.MaxValue);
        }

        // Each run of a tool may fill the context, and is followed by another reading of it.
        return context is { } all && said.ToolRuns is { } runs
            ? runs < long.MaxValue / all - 1 ? (runs + 1) * all : long.MaxValue
            : null;
    }

    private static bool HidesFiles(Exchange exchange, Target target, in RequestNeeds needs) =>
        needs.Input.HasFlag(ContentKinds.Image) && exchange.Request.IsJson
        && (PictureScan.FindsElse(exchange.Request.Body.Span, needs.Input.HasFlag(ContentKinds.File))
            || (FetchesAnything(target) && AddressScan.IsNamedIn(exchange.Request.Body.Span)));

    /// <summary>
    /// Gemini's servers fetch what an address leads to, be it a film, whatever it was called.
    /// </summary>
    private static bool FetchesAnything(Target target) =>
        target.Provider.Provider.Endpoints.Keys.Any(
            dialect => dialect.StartsWith(DialectIds.GoogleGemini, StringComparison.Ordinal));

    private static long Text(Exchange exchange) =>
        (exchange.Request.IsForm ? exchange.Request.Form.TextBytes : exchange.Request.Body.Length)
        + (exchange.Grown * BytesOfGrownToken);

    private AttemptBound Priced(
        in AttemptBound bound,
        Exchange exchange,
        Target target,
        ModelFacts? known,
        in RequestBounds said,
        bool answers,
        string? unbounded)
    {
        if (target.Price(prices, time.GetUtcNow()) is not { } price)
        {
            return bound with
            {
                Unpriced = $"what {target} costs is not known; say it under 'prices' of its provider",
            };
        }

        ServiceChoice service = ServiceChoice.Of(exchange, target, price);
        DearestRates rates = DearestRates.Of(price, bound.Prompt, service.IsSaid, KeepsLong(exchange));
        decimal searches = said.RunsTools ? (said.ToolRuns ?? 0) * (rates.Search ?? 0) : 0;
        string? unpriced = true switch
        {
            _ when said.Unbounded is { } why => why,
            _ when service.Unpriced is { } why => why,
            _ when Preferences(exchange, target) is { } why => why,
            _ when said.RunsTools && said.ToolRuns is null => "nothing bounds how often its provider runs tools for "
                + (said.ToolRunsField is { } field ? $"it; say {field}" : "it; leave them out"),
            _ when said.BillsSearches && rates.Search is null =>
                $"what a search of {target} costs is not known; say 'search' under 'prices' of its provider, or leave "
                + "its tool out",
            _ when rates.Search > 0 && SearchingModels.Has(target) =>
                $"nothing bounds how often {target} searches; ask another model",
            _ when answers && PaintingModels.Has(target) =>
                $"a picture of {target} may cost more than its known price; say what its dearest output costs under "
                + "'prices' of its provider",
            _ when answers && rates.OutputAudio is null && SpeakingModels.Has(exchange, target, known) =>
                $"what {target} says aloud may cost more than its known price; say 'output-audio' under 'prices' of "
                + "its provider",
            _ when rates.IsByRequestAlone => null,
            _ when exchange.Asked.Operation is Operation.Image or Operation.Speech or Operation.Transcription =>
                $"nothing bounds what {target} bills for it; keep it out of what the limit matches",
            _ when rates.Prompt is null || (answers && rates.Output is null) =>
                $"not all that {target} bills has a known price; say it under 'prices' of its provider",
            _ => unbounded,
        };
        return bound with
        {
            PromptRate = rates.Prompt ?? 0,
            OutputRate = rates.Output ?? 0,
            Fees = ((rates.Request ?? 0) * bound.Answers) + searches,
            Unpriced = unpriced,
        };
    }
}
