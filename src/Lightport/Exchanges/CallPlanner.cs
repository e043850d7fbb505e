using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Transport.Signing;

namespace Lightport.Exchanges;

/// <summary>Works out how each target is called, once for each dialect that clients ask it in.</summary>
internal sealed class CallPlanner(DialectRegistry dialects, ModelTraitsCatalog traits)
{
    private static readonly Dictionary<string, string> NoSettings = [];

    /// <summary>What every model takes that takes an effort at all.</summary>
    private static readonly string[] EveryEffort = ["low", "medium", "high"];

    // Plans live as long as their target, which lives as long as its routing table.
    private readonly ConditionalWeakTable<Target, ConcurrentDictionary<string, CallPlan>> _plans = [];

    /// <exception cref="GatewayException">The provider has no endpoint that could answer this.</exception>
    public CallPlan Plan(Target target, string clientDialect)
    {
        ConcurrentDictionary<string, CallPlan> plans = _plans.GetOrCreateValue(target);
        return plans.TryGetValue(clientDialect, out CallPlan? plan)
            ? plan
            : plans.GetOrAdd(clientDialect, Create(target, clientDialect));
    }

    private CallPlan Create(Target target, string clientDialect)
    {
        Provider provider = target.Provider.Provider;
        bool passes = provider.Endpoints.ContainsKey(clientDialect);
        string dialect = passes ? clientDialect : Translated(target, clientDialect);
        ProviderEndpoint endpoint = provider.Endpoints[dialect];
        Uri address = Address(target, endpoint.Path);
        EndpointModel model = traits.Resolve(endpoint, dialect, target.Model);
        return new CallPlan
        {
            TargetName = target.ToString(),
            Dialect = dialect,
            PassesThrough = passes,
            Address = address,
            StreamAddress = endpoint.StreamPath is { } path ? Address(target, path) : address,
            Exact = endpoint.Exact,
            Headers = Headers(provider, endpoint),
            ForwardHeaders = [.. provider.ForwardHeaders, .. endpoint.ForwardHeaders],
            Signer = target.Provider.SecretName is null
                ? null
                : Signer(endpoint.Authentication ?? provider.Authentication),
            Rules = model.Parameters,
            Traits = Traits(target.Traits.Over(target.Provider.Traits).Over(model.Traits)),
            ModelJson = CallPlan.ToJson(target.Model),
            Overrides =
            [
                .. target.Set.Select(field => KeyValuePair.Create(field.Key, JsonText.Of(field.Value))),
            ],
        };
    }

    private string Translated(Target target, string clientDialect)
    {
        string? spoken = dialects.FindServed(clientDialect) is null
            ? null
            : target.Provider.Provider.Endpoints.Keys.FirstOrDefault(dialects.SpokenIds.Contains);
        return spoken ?? throw new GatewayException(new GatewayError(
            ErrorStage.Routing,
            ErrorKind.InvalidRequest,
            400,
            $"{target.Provider.Name} has no endpoint for {clientDialect} requests. Ask for another provider's model.")
        {
            Param = "model",
            Code = "unsupported_endpoint",
        });
    }

    private static Uri Address(Target target, string path)
    {
        try
        {
            return EndpointTemplate.Create(target.Provider.Provider.BaseUrl, path, NoSettings).Expand(target.Model);
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

    private static IRequestSigner? Signer(ProviderAuthentication authentication) => authentication.Scheme switch
    {
        AuthenticationScheme.Bearer => HeaderSigner.Bearer,
        AuthenticationScheme.Header => new HeaderSigner(authentication.Name!, authentication.Prefix),
        AuthenticationScheme.Query => new QuerySigner(authentication.Name!),
        _ => null,
    };

    private static TargetTraits Traits(Traits known) => new()
    {
        MaxOutputTokens = known.MaxOutputTokens,
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
        ReasoningField = known.ReasoningField,
    };
}
