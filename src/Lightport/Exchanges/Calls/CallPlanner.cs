using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Exchanges;

/// <summary>Works out how each target is called, once for each operation and dialect that clients ask it in.</summary>
internal sealed class CallPlanner(DialectRegistry dialects, ModelTraitsCatalog traits, Signers signers)
{
    private static readonly Dictionary<string, string> NoSettings = [];

    /// <summary>What every model takes that takes an effort at all.</summary>
    private static readonly string[] EveryEffort = ["low", "medium", "high"];

    // Plans live as long as their target, which lives as long as its routing table.
    private readonly ConditionalWeakTable<Target, ConcurrentDictionary<DialectOperation, CallPlan>> _plans = [];
    private readonly ConditionalWeakTable<Target, ConcurrentDictionary<DialectOperation, CallPlan>> _spoken = [];

    /// <exception cref="GatewayException">The provider has no endpoint that could answer this.</exception>
    /// <param name="asked">What the client asks for, and in which dialect.</param>
    public CallPlan Plan(Target target, DialectOperation asked)
    {
        ConcurrentDictionary<DialectOperation, CallPlan> plans = _plans.GetOrCreateValue(target);
        return plans.TryGetValue(asked, out CallPlan? plan)
            ? plan
            : plans.GetOrAdd(asked, Create(target, asked, Passed(target, asked)));
    }

    /// <summary>
    /// The same for a conversation that a stage has changed: an endpoint that takes the client's bytes alone (OpenAI's
    /// completions) has no words for it, and one that can be told it is asked in its place.
    /// </summary>
    /// <exception cref="GatewayException">The provider has no endpoint that could answer this.</exception>
    public CallPlan PlanSpoken(Target target, DialectOperation asked)
    {
        CallPlan plan = Plan(target, asked);
        if (plan is not { PassesThrough: true, Asked.Spoken: null } || FindTranslated(target, asked) is null)
        {
            return plan;
        }

        ConcurrentDictionary<DialectOperation, CallPlan> plans = _spoken.GetOrCreateValue(target);
        return plans.TryGetValue(asked, out CallPlan? spoken)
            ? spoken
            : plans.GetOrAdd(asked, Create(target, asked, passed: null));
    }

    /// <summary>Whether the provider has an endpoint that could answer this.</summary>
    public bool Reaches(Target target, DialectOperation asked) =>
        (_plans.TryGetValue(target, out ConcurrentDictionary<DialectOperation, CallPlan>? plans)
            && plans.ContainsKey(asked))
        || (Passed(target, asked) ?? FindTranslated(target, asked)) is not null;

    /// <param name="passed">The endpoint that takes the client's bytes; null where they are not passed.</param>
    private CallPlan Create(Target target, DialectOperation asked, DialectOperation? passed)
    {
        Provider provider = target.Provider.Provider;
        DialectOperation told = passed ?? Translated(target, asked);
        ProviderEndpoint endpoint = Endpoint(target, told.Endpoint)!;
        string name = endpoint.ToldAs(target.Model);
        ProviderAuthentication authentication = endpoint.Authentication ?? provider.Authentication;
        Uri address = Address(target, endpoint.Path, name);
        ProviderAuthentication? shown = IsShown(target.Provider) ? authentication : null;
        EndpointModel model = traits.Resolve(endpoint, told.Endpoint, target.KnownAs);
        return new CallPlan
        {
            TargetName = target.ToString(),
            Provider = target.Provider,
            Asked = told,
            PassesThrough = passed is not null,
            Address = address,
            StreamAddress = endpoint.StreamPath is { } path ? Address(target, path, name) : address,
            Framing = EndpointFraming.Of(endpoint),
            Exact = endpoint.Exact,
            Headers = Headers(provider, endpoint),
            ForwardHeaders =
            [
                .. provider.ForwardHeaders.Union(endpoint.ForwardHeaders, StringComparer.OrdinalIgnoreCase),
            ],
            Signer = shown is null ? null : signers.For(shown, target.Provider.Name),
            SigningScope = authentication.Scope,
            Token = shown is null ? null : signers.TokenOf(shown, target.Provider.Name),
            Rules = model.Parameters,
            Traits = Traits(target.Traits.Over(target.Provider.Traits).Over(model.Traits)),
            Model = name,
            ModelJson = CallPlan.ToJson(name),
            Overrides = told.Operation == Operation.TokenCount
                ? [] // They say how to answer, which an endpoint that only counts refuses.
                : [.. target.Set.Select(field => KeyValuePair.Create(field.Key, JsonText.Of(field.Value)))],
        };
    }

    /// <summary>Whether the provider is shown who asks: by a key, or by a token that takes none.</summary>
    private static bool IsShown(ConfiguredProvider provider) =>
        provider.SecretName is not null || provider.Provider.Authentication.Scheme == AuthenticationScheme.Token;

    /// <summary>The first of the provider's endpoints of a dialect that the model is asked for at.</summary>
    private static ProviderEndpoint? Endpoint(Target target, string dialect)
    {
        foreach ((string name, ProviderEndpoint endpoint) in target.Provider.Provider.Endpoints)
        {
            if (endpoint.Serves(target.Model) && EndpointWords.DialectOf(name) == dialect)
            {
                return endpoint;
            }
        }

        return null;
    }

    private DialectOperation Translated(Target target, DialectOperation asked) =>
        FindTranslated(target, asked) ?? throw new GatewayException(new GatewayError(
            ErrorStage.Routing,
            ErrorKind.InvalidRequest,
            400,
            $"{target.Provider.Name} has no endpoint for {asked.Dialect} requests to this model. "
            + "Ask for another provider's model.")
        {
            Param = "model",
            Code = "unsupported_endpoint",
        });

    /// <summary>The first of the provider's endpoints that takes the client's bytes; null where none does.</summary>
    private DialectOperation? Passed(Target target, DialectOperation asked)
    {
        if (IsBetterTranslated(target, asked))
        {
            return null;
        }

        foreach ((string name, ProviderEndpoint endpoint) in target.Provider.Provider.Endpoints)
        {
            if (endpoint.Serves(target.Model)
                && dialects.FindPassed(EndpointWords.DialectOf(name), asked) is { } passed)
            {
                return passed;
            }
        }

        return null;
    }

    /// <summary>The first of the provider's endpoints that is spoken, for what the client's request becomes.</summary>
    private DialectOperation? FindTranslated(Target target, DialectOperation asked)
    {
        if (asked.Served is IServedConversation { AskedAs: var operation })
        {
            if (Preferred(target, asked) is { } preferred)
            {
                return preferred;
            }

            foreach ((string name, ProviderEndpoint endpoint) in target.Provider.Provider.Endpoints)
            {
                if (endpoint.Serves(target.Model)
                    && dialects.FindSpoken(EndpointWords.DialectOf(name), operation) is { } spoken)
                {
                    return spoken;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// What the client would be handed on to does less of the model than the endpoint that the model is best told at:
    /// so the route says, or else the family, where that endpoint does not say of itself that it does as much.
    /// </summary>
    private bool IsBetterTranslated(Target target, DialectOperation asked) =>
        Known(target).EndpointAlways == true
        && (target.Traits.Over(target.Provider.Traits).EndpointAlways == true
            || Endpoint(target, asked.Endpoint) is not { Traits.EndpointAlways: false })
        && Preferred(target, asked) is { } preferred && preferred.Endpoint != asked.Endpoint;

    /// <summary>Where the model is best told, as far as its provider has that endpoint; null elsewhere.</summary>
    private DialectOperation? Preferred(Target target, DialectOperation asked) =>
        asked.Served is IServedConversation { AskedAs: var operation }
        && Known(target).Endpoint is { } name
        && Endpoint(target, name) is not null
            ? dialects.FindSpoken(name, operation)
            : null;

    /// <summary>
    /// What is known of the model before an endpoint has been chosen. Whoever names another endpoint than its family
    /// does has not said that it is the only one.
    /// </summary>
    private Traits Known(Target target)
    {
        Traits said = target.Traits.Over(target.Provider.Traits);
        Traits known = traits.Find(target.KnownAs) is { } family ? said.Over(family.Traits) : said;
        return said.Endpoint is null ? known : known with { EndpointAlways = said.EndpointAlways };
    }

    private static Uri Address(Target target, string path, string model)
    {
        try
        {
            return EndpointTemplate.Create(target.Provider.Provider.BaseUrl, path, NoSettings).Expand(model);
        }
        catch (EndpointTemplateException e)
        {
            throw new GatewayException(
                new GatewayError(ErrorStage.Routing, ErrorKind.InvalidRequest, 400, e.Message) { Param = "model" }, e);
        }
    }

    private static List<KeyValuePair<string, string>> Headers(Provider provider, ProviderEndpoint endpoint)
    {
        var headers = new Dictionary<string, string>(provider.Headers, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in endpoint.Headers)
        {
            headers[name] = value;
        }

        return [.. headers];
    }

    private static TargetTraits Traits(Traits known) => new()
    {
        MaxOutputTokens = known.MaxOutputTokens,
        TokensPerSecond = known.TokensPerSecond,
        Thinking = known.Thinking switch
        {
            "effort" => ThinkingStyle.Effort,
            "budget" => ThinkingStyle.Budget,
            "adaptive" => ThinkingStyle.Adaptive,
            _ => ThinkingStyle.None,
        },
        Efforts = known.Efforts ?? EveryEffort,
        StructuredOutput = known.StructuredOutput ?? true,
        ForcedTools = known.ForcedTools ?? true,
        SignedCalls = known.SignedCalls ?? false,
        BindsThinking = known.BindsThinking ?? false,
        MediaInResults = known.MediaInResults ?? false,
        SchemaBesideTools = known.SchemaBesideTools ?? false,
        Sampling = known.Sampling ?? true,
        SystemTurns = known.SystemTurns switch
        {
            "merged" => SystemTurns.Merged,
            "in-user-turn" => SystemTurns.InUserTurn,
            _ => SystemTurns.InPlace,
        },
        DeveloperRole = known.DeveloperRole ?? false,
        StreamUsage = known.StreamUsage ?? true,
        SafetyIdentifier = known.SafetyIdentifier ?? false,
        CustomTools = known.CustomTools ?? false,
        ReasoningField = known.ReasoningField,
        CacheBreakpoints = known.CacheBreakpoints ?? false,
    };
}
