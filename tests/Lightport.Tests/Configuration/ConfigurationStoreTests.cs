using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Lightport.Tests.Configuration;

public sealed class ConfigurationStoreTests : IDisposable
{
    private const string First = "models: { a: openai/first }";
    private const string Second = "models: { a: openai/second }";

    private static readonly string WithKeys = $"{First}\nkeys: [{{ name: a, sha256: {new string('1', 64)} }}]";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualFiles _files;
    private readonly ConfigurationGuard _guard = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly CapturedLog _log = new();
    private readonly ILoggerFactory _logs;

    public ConfigurationStoreTests()
    {
        _files = new ManualFiles(_folder.FullName);
        _logs = LoggerFactory.Create(logging => logging.AddProvider(_log));
        Write(First);
    }

    private string File => Path.Combine(_folder.FullName, "lightport.yaml");

    [Fact]
    public void Change_GoodText_IsInForce()
    {
        using ConfigurationStore store = Open();
        Write(Second);
        Assert.Equal("openai/first", Target(store));

        ChangeAndSettle();

        Assert.Equal("openai/second", Target(store));
        Write(First);
        ChangeAndSettle();
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
        ChangeAndSettle();

        Assert.Same(before, store.Current);
        Assert.StartsWith(reason, store.LastError);
        Write(Second);
        ChangeAndSettle();
        Assert.Null(store.LastError);
        Assert.Equal("openai/second", Target(store));
    }

    [Fact]
    public void Change_FileGone_LeavesTheLastGoodOne()
    {
        using ConfigurationStore store = Open();
        System.IO.File.Delete(File);
        ChangeAndSettle();

        Assert.Equal("openai/first", Target(store));
        Assert.Contains("not there any more", store.LastError);
    }

    [Fact]
    public void Change_NoUtf8_IsRefused()
    {
        using ConfigurationStore store = Open();
        System.IO.File.WriteAllBytes(File, [0x61, 0x3a, 0x20, 0xff]);
        ChangeAndSettle();

        Assert.Contains("not UTF-8", store.LastError);
    }

    [Fact]
    public void Change_HostRefuses_LeavesTheLastGoodOne()
    {
        using ConfigurationStore store = Open();
        _guard.Require(_ => "open to the world");
        Write(Second);
        ChangeAndSettle();

        Assert.Equal("openai/first", Target(store));
        Assert.Equal("lightport.yaml:1:1: open to the world", store.LastError);
    }

    /// <summary>As an editor saves that empties the file first, or that pauses between two writes.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("models: { a: openai/half }\n")]
    public void Change_InTwoWrites_HalfIsNeverRead(string half)
    {
        using ConfigurationStore store = Open();
        Write(half);
        _files.Change();
        _clock.Advance(SettledFile.Quiet / 2);
        Write(Second);
        _clock.Advance(SettledFile.Quiet / 2);

        Assert.Equal(("openai/first", null), (Target(store), store.LastError));
        _clock.Advance(SettledFile.Quiet);
        Assert.Equal("openai/second", Target(store));
        Assert.DoesNotContain(_log.Lines, line => line.EventId == 103);
    }

    /// <summary>As editors save that write beside the file and rename, and as ConfigMaps are swapped.</summary>
    [Fact]
    public void Change_GoneAndBack_IsNoError()
    {
        using ConfigurationStore store = Open();
        System.IO.File.Move(File, File + ".old");
        _files.Change();
        _clock.Advance(SettledFile.Quiet / 2);
        Write(Second);
        _files.Change();
        _clock.Advance(SettledFile.Quiet);

        Assert.Equal(("openai/second", null), (Target(store), store.LastError));
        Assert.DoesNotContain(_log.Lines, line => line.EventId == 103);
    }

    [Fact]
    public void Change_RightAfterTheStart_IsSeenWithoutNews()
    {
        using ConfigurationStore store = Open();
        Write(Second);
        _clock.Advance(SettledFile.Quiet);
        _clock.Advance(SettledFile.Quiet);

        Assert.Equal("openai/second", Target(store));
    }

    [Theory]
    [InlineData("models: { a: openai/half }")]
    [InlineData("admission:\nmodels: { a: openai/half }")]
    public void Change_KeysAreLostWithoutAWord_IsRefused(string half)
    {
        Write(WithKeys);
        using ConfigurationStore store = Open();
        Write(half);
        ChangeAndSettle();

        Assert.Equal((AdmissionMode.Keys, "openai/first"), (store.Current.Admission.Mode, Target(store)));
        Assert.Contains("keys are asked for until now", store.LastError, StringComparison.Ordinal);
        Write(WithKeys);
        ChangeAndSettle();
        Assert.Null(store.LastError);
        Assert.Equal([103, 104], _log.Lines.Select(line => line.EventId).Where(id => id is 103 or 104));
    }

    [Fact]
    public void Change_BringYourOwnIsLostWithoutAWord_IsRefused()
    {
        Write("admission: { mode: bring-your-own }\n" + First);
        using ConfigurationStore store = Open();
        Write(First);
        ChangeAndSettle();

        Assert.Equal(AdmissionMode.BringYourOwn, store.Current.Admission.Mode);
    }

    [Fact]
    public void Change_KeysGoWithTheWordOpen_IsInForce()
    {
        Write(WithKeys);
        using ConfigurationStore store = Open();
        Write("admission: { mode: open }\n" + Second);
        ChangeAndSettle();

        Assert.Equal((AdmissionMode.Open, "openai/second"), (store.Current.Admission.Mode, Target(store)));
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
        _logs.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string? Target(ConfigurationStore store) =>
        store.Current.Routing.Models["a"].Targets[0].ToString();

    private ConfigurationStore Open() => ConfigurationStore.Open(
        new ConfigurationFile(_files, "lightport.yaml", "lightport.yaml"),
        Reader(new ConfigurationEnvironment(TestConfiguration.Environment, null, null)),
        _clock,
        _logs.CreateLogger<ConfigurationStore>());

    private ConfigurationStore OpenIn(Dictionary<string, string?> settings) => ConfigurationStore.Open(
        _folder.FullName,
        Reader(ConfigurationEnvironment.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())),
        _clock,
        _logs.CreateLogger<ConfigurationStore>());

    private ConfigurationReader Reader(ConfigurationEnvironment environment) =>
        new(TestConfiguration.Catalog, environment, _guard);

    private void ChangeAndSettle()
    {
        _files.Change();
        _clock.Advance(SettledFile.Quiet);
    }

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
