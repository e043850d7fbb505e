using Lightport.Transport;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Transport;

public sealed class ConfigurationSecretSourceTests : IDisposable
{
    private readonly Dictionary<string, string?> _values = new() { ["OPENAI_API_KEY"] = " sk-1\n", ["EMPTY"] = "  " };
    private readonly IConfigurationRoot _settings;
    private readonly ConfigurationSecretSource _source;

    public ConfigurationSecretSourceTests()
    {
        _settings = new ConfigurationBuilder().Add(new Source(_values)).Build();
        _source = new ConfigurationSecretSource(_settings);
    }

    [Fact]
    public async Task Secret_HasNoSpaceAroundIt_AndAnEmptyOneIsNone()
    {
        Assert.Equal("sk-1", await _source.GetAsync("OPENAI_API_KEY", default));
        Assert.Null(await _source.GetAsync("EMPTY", default));
        Assert.Null(await _source.GetAsync("ABSENT", default));
    }

    [Fact]
    public async Task SettingsThatAreLoadedAnew_AreReadAnew()
    {
        await _source.GetAsync("OPENAI_API_KEY", default);
        (_values["OPENAI_API_KEY"], _values["ABSENT"]) = ("sk-2", "now");

        _settings.Reload();

        Assert.Equal("sk-2", await _source.GetAsync("OPENAI_API_KEY", default));
        Assert.Equal("now", await _source.GetAsync("ABSENT", default));
    }

    /// <summary>A provider refused it, so that it may have been changed where nobody tells of it.</summary>
    [Fact]
    public async Task SecretThatWasRefused_IsReadAnew()
    {
        await _source.GetAsync("OPENAI_API_KEY", default);
        _settings["OPENAI_API_KEY"] = "sk-3";

        _source.Invalidate("OPENAI_API_KEY");

        Assert.Equal("sk-3", await _source.GetAsync("OPENAI_API_KEY", default));
    }

    /// <summary>A request asks for a key; most sources of settings are looked through for nothing.</summary>
    [Fact]
    public async Task SecretThatWasFound_IsRemembered()
    {
        string? first = await _source.GetAsync("OPENAI_API_KEY", default);

        Assert.Same(first, await _source.GetAsync("OPENAI_API_KEY", default));
    }

    public void Dispose()
    {
        _source.Dispose();
        (_settings as IDisposable)?.Dispose();
    }

    /// <summary>Loads the same dictionary again, as it is by then.</summary>
    private sealed class Source(Dictionary<string, string?> values) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(values);
    }

    private sealed class Provider(Dictionary<string, string?> values) : ConfigurationProvider
    {
        public override void Load() => Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
    }
}
