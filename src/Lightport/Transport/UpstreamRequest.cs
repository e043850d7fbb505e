using Lightport.Transport.Body;

namespace Lightport.Transport;

/// <summary>A request on its way out: signed, patched and complete.</summary>
/// <param name="Pool">Whose connections to use; requests of one provider share them.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Headers">All headers but the body's own.</param>
/// <param name="Body">A JSON body, in slices.</param>
/// <param name="ConnectTimeout">The longest that opening a connection may take.</param>
public sealed record UpstreamRequest(
    string Pool,
    Uri Address,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    BodySegments Body,
    TimeSpan ConnectTimeout);
