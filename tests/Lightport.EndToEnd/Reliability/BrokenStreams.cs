using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Reliability;

/// <summary>
/// Streams that break after their first words, all asked for side by side: the gateway holds each for a second before
/// it breaks the connection off.
/// </summary>
public sealed class BrokenStreams : IDisposable
{
    private readonly HttpClient _client;
    private readonly Dictionary<(string Path, string Model), Task<string>> _bodies;

    public BrokenStreams(GatewayFixture gateway)
    {
        _client = gateway.CreateClient();
        _bodies = BrokenUpstreamTests.AfterContent.ToDictionary(
            row => ((string)row[0], (string)row[1]),
            row => ReadAsync(gateway, (string)row[0], (string)row[1]));
    }

    /// <summary>All that the client got.</summary>
    public Task<string> BodyAsync(string path, string model) => _bodies[(path, model)];

    public void Dispose() => _client.Dispose();

    private Task<string> ReadAsync(GatewayFixture gateway, string path, string model)
    {
        string upstreamModel = $"{model.Split('/')[1]}@held{path}-{model[..3]}";
        string held = $"{model.Split('/')[0]}/{upstreamModel}";
        return _client.StreamHeldAsync(gateway.Upstream, path, held, upstreamModel);
    }
}
