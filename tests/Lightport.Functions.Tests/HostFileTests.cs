using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Lightport.Routing;

namespace Lightport.Functions.Tests;

public sealed class HostFileTests
{
    private static JsonElement HostFile => RepositoryFile.Json("host.json");

    private static JsonElement Settings => RepositoryFile.Json("local.settings.sample.json");

    [Fact]
    public void RoutePrefix_IsEmpty_SoThatPathsAreTheClients() =>
        Assert.Equal("", HostFile.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());

    /// <summary>When the host's time runs out the whole worker is restarted, with every other request in it.</summary>
    [Fact]
    public void FunctionTimeout_IsWellBeyondTheGatewaysOwn()
    {
        string text = HostFile.GetProperty("functionTimeout").GetString()!;
        TimeSpan timeout = TimeSpan.Parse(text, CultureInfo.InvariantCulture);

        Assert.True(timeout >= StageTimeouts.Default.Total + TimeSpan.FromMinutes(1), $"{timeout} is too short.");
    }

    [Fact]
    public void Telemetry_IsSampled_ButForRequestsAndExceptions()
    {
        JsonElement sampling = HostFile
            .GetProperty("logging").GetProperty("applicationInsights").GetProperty("samplingSettings");

        Assert.True(sampling.GetProperty("isEnabled").GetBoolean());
        Assert.InRange(sampling.GetProperty("maxTelemetryItemsPerSecond").GetInt32(), 5, 100);
        Assert.Equal("Request;Exception", sampling.GetProperty("excludedTypes").GetString());
    }

    [Fact]
    public void Logging_OfTheFramework_IsNotPerRequest()
    {
        JsonElement levels = HostFile.GetProperty("logging").GetProperty("logLevel");

        Assert.Equal("Warning", levels.GetProperty("Microsoft").GetString());
        Assert.Equal("Warning", levels.GetProperty("System.Net.Http").GetString());
    }

    [Fact]
    public void Sample_RunsTheIsolatedWorkerWithoutAnAccount()
    {
        JsonElement values = Settings.GetProperty("Values");

        Assert.Equal("dotnet-isolated", values.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
        Assert.Equal("files", values.GetProperty("AzureWebJobsSecretStorageType").GetString());
        Assert.Equal(7071, Settings.GetProperty("Host").GetProperty("LocalHttpPort").GetInt32());
    }

    /// <summary>Core Tools stumble over a setting that is there and empty.</summary>
    [Fact]
    public void Sample_HoldsNothingEmptyAndNoSecret() =>
        Assert.All(Settings.GetProperty("Values").EnumerateObject(), value =>
        {
            Assert.NotEqual("", value.Value.GetString());
            Assert.False(value.Name.EndsWith("KEY", StringComparison.Ordinal), value.Name);
        });

    [Fact]
    public void Project_LinksTheFilesOfTheRoot_AndNeverPublishesSettings()
    {
        Dictionary<string, XElement> links = XDocument
            .Load(RepositoryFile.Path("src/Lightport.Functions/Lightport.Functions.csproj"))
            .Descendants("None")
            .ToDictionary(item => item.Attribute("Link")!.Value);

        Assert.All(
            links.Values,
            link => Assert.Equal("PreserveNewest", link.Attribute("CopyToOutputDirectory")!.Value));
        Assert.Equal("PreserveNewest", links["host.json"].Attribute("CopyToPublishDirectory")!.Value);
        Assert.Equal("PreserveNewest", links["lightport.yaml"].Attribute("CopyToPublishDirectory")!.Value);
        Assert.Equal("Never", links["local.settings.json"].Attribute("CopyToPublishDirectory")!.Value);
    }
}
