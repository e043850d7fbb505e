using Lightport.Configuration;
using Lightport.Exchanges.Shadows;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using Lightport.Tests.Routing;
using Lightport.Transport;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// The whole gateway as a host puts it together, with the network, the clock and the vault in the test's hands.
/// </summary>
internal sealed class TestGateway : IDisposable
{
    /// <summary>Exact and loose ones on OpenAI's wire, and Anthropic.</summary>
    private const string Providers = """
        providers:
          openai: {}
          anthropic: {}
          groq: {}
          mistral-ai: { key: GROQ_API_KEY }
          perplexity-ai: { key: GROQ_API_KEY }
          loose: { use: openai-compatible, base-url: "https://loose.example/v1", auth: none }

        """;

    private static readonly ProviderCatalog Catalog = ProviderCatalog.Load();
    private readonly ServiceProvider _services;
    private readonly Gateway _gateway;
    private readonly FixedConfiguration _configuration;
    private readonly string _providers;
    private readonly string? _document;

    /// <param name="providers">Providers beside the usual ones, as lines of <c>lightport.yaml</c>.</param>
    /// <param name="host">What a host adds to the gateway.</param>
    /// <param name="settings">What the environment says.</param>
    /// <param name="document">A whole <c>lightport.yaml</c>, in place of providers and models.</param>
    public TestGateway(
        string models,
        string? clientKey = null,
        GatewayHostLimits? limits = null,
        BodyBudget? budget = null,
        string providers = "",
        Action<IServiceCollection>? configure = null,
        string? document = null,
        Dictionary<string, string?>? settings = null)
    {
        (_document, _providers) = (document, Providers + providers);
        var services = new ServiceCollection();
        configure?.Invoke(services);
        if (services.All(service => service.ServiceType != typeof(ProviderFile)))
        {
            services.AddSingleton(Catalog);
        }

        _services = services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(provider => new FixedConfiguration(
                Load(models, provider.GetRequiredService<ProviderCatalog>(), clientKey)))
            .AddSingleton<IGatewayConfigurationSource>(
                provider => provider.GetRequiredService<FixedConfiguration>())
            .AddSingleton<IUpstream>(Upstream)
            .AddSingleton<ISecretSource>(Secrets)
            .AddSingleton<IUsageSink>(Usage)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(limits ?? new GatewayHostLimits { Delivery = TimeSpan.Zero })
            .AddSingleton(budget ?? BodyBudget.OfMemory())
            .AddLightport(new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build())
            .BuildServiceProvider();
        _configuration = _services.GetRequiredService<FixedConfiguration>();
        _gateway = _services.GetRequiredService<Gateway>();
    }

    public ScriptedUpstream Upstream { get; } = new();

    public TestSecrets Secrets { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public CapturedLog Log { get; } = new();

    public CapturedUsage Usage { get; } = new();

    /// <summary>What is known of the last request when it is over.</summary>
    public UsageRecord Record => Usage.Records[^1];

    /// <summary>The one line that the last request left in the log.</summary>
    public CapturedLine Line => Log.Lines.Last(line => line.EventId == 7);

    /// <summary>Puts another configuration in force, with a selection of the test's own for its models.</summary>
    public void Reload(string models, ISelectionPolicy selection)
    {
        GatewayConfiguration next = Load(models, _services.GetRequiredService<ProviderCatalog>(), null);
        _configuration.InForce = next with
        {
            Routing = new RoutingTable(
                next.Routing.Version,
                next.Routing.Providers.Values,
                next.Routing.Models.Values.Select(route => route with { Selection = selection }),
                next.Routing.Wildcards),
        };
    }

    /// <summary>How many copies were made.</summary>
    public ShadowCounts Shadows => _services.GetRequiredService<ShadowTraffic>().Counts;

    public TargetState StateOf(string provider, string model) => _services.GetRequiredService<TargetStates>()
        .Of(new Target(_configuration.InForce!.Routing.Providers[provider], model));

    public ClientCall Start(
        GatewayEndpoint endpoint,
        string body = "",
        IReadOnlyDictionary<string, string>? headers = null,
        string? path = null,
        string? method = null,
        Stream? upload = null,
        CancellationToken cancellationToken = default)
    {
        var call = new ClientCall(
            method ?? endpoint.Method,
            path ?? endpoint.Path,
            body,
            headers ?? new Dictionary<string, string>(),
            upload);
        call.Done = _gateway.HandleAsync(endpoint, call.Context, cancellationToken);
        return call;
    }

    public ClientCall Start(GatewayEndpoint endpoint, ClientCall call)
    {
        call.Done = _gateway.HandleAsync(endpoint, call.Context, CancellationToken.None);
        return call;
    }

    public async Task<ClientCall> SendAsync(
        GatewayEndpoint endpoint,
        string body = "",
        IReadOnlyDictionary<string, string>? headers = null,
        string? path = null,
        string? method = null)
    {
        ClientCall call = Start(endpoint, body, headers, path, method);
        await call.Done;
        return call;
    }

    public void Dispose() => _services.Dispose();

    private GatewayConfiguration Load(string models, ProviderCatalog catalog, string? clientKey)
    {
        ConfigurationResult loaded = ConfigurationLoader.Load(
            _document ?? _providers + models,
            "lightport.yaml",
            catalog,
            new HashSet<string>(
            [
                "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GROQ_API_KEY", "GEMINI_API_KEY", "PATH_CHAT_KEY", "FRAMES_KEY",
                "FORM_KEY", "CLOUD_KEY", "AZURE_EU_KEY", "OPENAI_A_KEY", "OPENAI_B_KEY", "OPENAI_C_KEY", "OPENAI_D_KEY",
            ]),
            clientKey);
        Assert.True(loaded.Configuration is not null, string.Join('\n', loaded.Errors));
        return loaded.Configuration;
    }
}
