using Lightport.Configuration;
using Lightport.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Functions.Tests;

public sealed class FunctionTimeoutTests : IDisposable
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{ "functionTimeout": "00:30:00" }""", null, 30)]
    [InlineData("""{ "functionTimeout": "00:30:00", /* as Azure has it */ }""", null, 30)]
    [InlineData("""{ "functionTimeout": "00:30:00" }""", "00:10:00", 10)]
    [InlineData("""{ "functionTimeout": "-1" }""", null, null)]
    [InlineData("{}", null, null)]
    [InlineData(null, null, null)]
    public void Find_SettingBeforeFile(string? file, string? setting, int? minutes)
    {
        if (file is not null)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "host.json"), file);
        }

        TimeSpan? expected = minutes is { } some ? TimeSpan.FromMinutes(some) : null;
        Assert.Equal(expected, FunctionTimeout.Find(Settings(setting), _folder.FullName));
    }

    [Theory]
    [InlineData("m", "29m", null)]
    [InlineData("m", "1775s", "'m' is 00:29:35")]
    [InlineData("fast-*", "1h", "'fast-*' is 01:00:00")]
    public void Refusal_RouteThatOutlastsTheFunction_IsNamed(string model, string total, string? refusal)
    {
        GatewayConfiguration configuration = Load(
            $"models: {{ \"{model}\": {{ targets: [openai/x], timeout: {{ total: {total} }} }} }}");
        string? told = FunctionTimeout.Refusal(configuration.Routing, HalfAnHour);

        Assert.Equal(refusal is null, told is null);
        Assert.Contains(refusal ?? "", told ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_TotalsThatNobodyWrote_IsNone() => Assert.Null(
        FunctionTimeout.Refusal(Load("models: { m: openai/x }").Routing, TimeSpan.FromMinutes(10)));

    [Fact]
    public void App_DocumentWithARouteThatOutlastsTheFunction_IsRefusedByEveryDoor()
    {
        IConfiguration settings = Settings("00:10:00");
        using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddLightport(settings, ownsFiles: false)
            .BuildServiceProvider();

        services.GuardConfiguration();

        ConfigurationResult read = services.GetRequiredService<ConfigurationReader>().Read(
            "models: { m: { targets: [echo/x], timeout: { total: 20m } } }", "lightport.yaml");
        Assert.Contains("functionTimeout", Assert.Single(read.Errors).Message, StringComparison.Ordinal);
    }

    private static GatewayConfiguration Load(string models)
    {
        ConfigurationResult loaded = ConfigurationLoader.Load(
            models, "lightport.yaml", ProviderCatalog.Load(), new HashSet<string>(["OPENAI_API_KEY"]));
        Assert.True(loaded.Valid, string.Join('\n', loaded.Errors));
        return loaded.Configuration;
    }

    private static IConfiguration Settings(string? functionTimeout) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureFunctionsJobHost:functionTimeout"] = functionTimeout,
            ["LIGHTPORT_KEY"] = "canary-client-key-0123456789",
        })
        .Build();
}
