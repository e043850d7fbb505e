using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Lightport.Functions.Tests;

public sealed class WorkerSetupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Limits_RequestBody_IsTheHosts()
    {
        var options = new KestrelServerOptions();

        WorkerLimits.Apply(options);

        Assert.Equal(104_857_600, options.Limits.MaxRequestBodySize);
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
