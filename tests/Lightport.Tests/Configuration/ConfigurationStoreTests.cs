using Lightport.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace Lightport.Tests.Configuration;

public sealed class ConfigurationStoreTests : IDisposable
{
    private const string First = "models: { a: openai/first }";
    private const string Second = "models: { a: openai/second }";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualFiles _files;
    private readonly ConfigurationGuard _guard = new();

    public ConfigurationStoreTests()
    {
        _files = new ManualFiles(_folder.FullName);
        Write(First);
    }

    private string File => Path.Combine(_folder.FullName, "lightport.yaml");

    [Fact]
    public void Change_GoodText_IsInForce()
    {
        using ConfigurationStore store = Open();
        Write(Second);
        Assert.Equal("openai/first", Target(store));

        _files.Change();

        Assert.Equal("openai/second", Target(store));
        Write(First);
        _files.Change();
        Assert.Equal("openai/first", Target(store));
    }

    [Theory]
    [InlineData("models: { a: nowhere/x }", "lightport.yaml:1:14: 'nowhere/x' names no provider")]
    [InlineData("", "lightport.yaml:1:1: the file is empty")]
    public void Change_BadText_LeavesTheLastGoodOneAndSaysWhy(string bad, string reason)
    {
        using ConfigurationStore store = Open();
        GatewayConfiguration before = store.Current;
        Write(bad);
        _files.Change();

        Assert.Same(before, store.Current);
        Assert.StartsWith(reason, store.LastError);
        Write(Second);
        _files.Change();
        Assert.Null(store.LastError);
        Assert.Equal("openai/second", Target(store));
    }

    [Fact]
    public void Change_FileGone_LeavesTheLastGoodOne()
    {
        using ConfigurationStore store = Open();
        System.IO.File.Delete(File);
        _files.Change();

        Assert.Equal("openai/first", Target(store));
        Assert.Contains("not there any more", store.LastError);
    }

    [Fact]
    public void Change_NoUtf8_IsRefused()
    {
        using ConfigurationStore store = Open();
        System.IO.File.WriteAllBytes(File, [0x61, 0x3a, 0x20, 0xff]);
        _files.Change();

        Assert.Contains("not UTF-8", store.LastError);
    }

    [Fact]
    public void Change_HostRefuses_LeavesTheLastGoodOne()
    {
        using ConfigurationStore store = Open();
        _guard.Refusal = _ => "open to the world";
        Write(Second);
        _files.Change();

        Assert.Equal("openai/first", Target(store));
        Assert.Equal("lightport.yaml:1:1: open to the world", store.LastError);
    }

    [Fact]
    public void Open_BadText_ThrowsWithEveryError()
    {
        Write("models: { a: nowhere/x, b: nowhere/y }");

        var exception = Assert.Throws<ConfigurationException>(() => Open());

        Assert.Equal(2, exception.Message.Split('\n').Length);
    }

    [Fact]
    public void Open_NoFile_HasTheBuiltInDefaults()
    {
        System.IO.File.Delete(File);
        using ConfigurationStore store = OpenIn(new Dictionary<string, string?> { ["openai_api_key"] = "x" });

        Assert.Equal("built-in defaults", store.Current.Source);
        Assert.Equal(["openai", "echo"], store.Current.Routing.Providers.Keys);
    }

    [Fact]
    public void Open_FileInTheFolder_IsFound()
    {
        using ConfigurationStore store = OpenIn(new() { ["OPENAI_API_KEY"] = "x", ["LIGHTPORT_KEY"] = "client" });

        Assert.Equal("lightport.yaml", store.Current.Source);
        Assert.NotNull(store.Current.Admission.Keys.Find("client"));
    }

    [Fact]
    public void Open_NamedFiles_TheCommandLineGoesFirst()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "other.yaml"), Second);
        var settings = new Dictionary<string, string?>
        {
            ["OPENAI_API_KEY"] = "x", ["config"] = "other.yaml", ["LIGHTPORT_CONFIG"] = "none.yaml",
        };
        using ConfigurationStore store = OpenIn(settings);

        Assert.Equal("openai/second", Target(store));
        settings.Remove("config");
        var exception = Assert.Throws<ConfigurationException>(() => OpenIn(settings));
        Assert.Contains("none.yaml", exception.Message);
    }

    public void Dispose()
    {
        _files.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string? Target(ConfigurationStore store) =>
        store.Current.Routing.Models["a"].Targets[0].ToString();

    private ConfigurationStore Open() => ConfigurationStore.Open(
        new ConfigurationFile(_files, "lightport.yaml", "lightport.yaml"),
        Reader(new ConfigurationEnvironment(TestConfiguration.Environment, null, null)),
        NullLogger<ConfigurationStore>.Instance);

    private ConfigurationStore OpenIn(Dictionary<string, string?> settings) => ConfigurationStore.Open(
        _folder.FullName,
        Reader(ConfigurationEnvironment.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())),
        NullLogger<ConfigurationStore>.Instance);

    private ConfigurationReader Reader(ConfigurationEnvironment environment) =>
        new(TestConfiguration.Catalog, environment, _guard);

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    /// <summary>A real folder whose news the test spreads.</summary>
    private sealed class ManualFiles(string folder) : IFileProvider, IDisposable
    {
        private readonly PhysicalFileProvider _files = new(folder);
        private ConfigurationReloadToken _token = new();

        public void Change() => Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();

        public IFileInfo GetFileInfo(string subpath) => _files.GetFileInfo(subpath);

        public IDirectoryContents GetDirectoryContents(string subpath) => _files.GetDirectoryContents(subpath);

        public IChangeToken Watch(string filter) => _token;

        public void Dispose() => _files.Dispose();
    }
}
