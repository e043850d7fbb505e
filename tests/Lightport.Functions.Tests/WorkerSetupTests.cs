using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Lightport.Functions.Tests;

public sealed class WorkerSetupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Limits_AreAboveTheHosts_SoThatTheGatewayAnswers()
    {
        KestrelServerLimits host = new KestrelServerOptions().Limits;
        var options = new KestrelServerOptions();

        WorkerLimits.Apply(options);

        Assert.Null(options.Limits.MaxRequestBodySize);
        Assert.Equal(2 * host.MaxRequestHeaderCount, options.Limits.MaxRequestHeaderCount);
        Assert.Equal(2 * host.MaxRequestHeadersTotalSize, options.Limits.MaxRequestHeadersTotalSize);
        Assert.Equal(2 * host.MaxRequestLineSize, options.Limits.MaxRequestLineSize);
    }

    [Fact]
    public void Configuration_FileBesideTheApp_IsUsed()
    {
        string file = Path.Combine(_folder.FullName, "lightport.yaml");
        File.WriteAllText(file, "models: {}");

        Assert.Equal(file, Configure(null));
    }

    [Fact]
    public void Configuration_SettingAndFile_TheSettingWins()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "lightport.yaml"), "models: {}");

        Assert.Equal("/mnt/lightport.yaml", Configure("/mnt/lightport.yaml"));
    }

    [Fact]
    public void Configuration_NoFile_LeavesTheSettingOut() => Assert.Null(Configure(null));

    private string? Configure(string? setting)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["LIGHTPORT_CONFIG"] = setting })
            .Build();
        configuration.PreferFileIn(_folder.FullName);
        return configuration["LIGHTPORT_CONFIG"];
    }
}
