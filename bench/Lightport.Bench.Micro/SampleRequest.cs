using Lightport.Dialects;

namespace Lightport.Bench.Micro;

/// <summary>A client's request that has no host: a body alone.</summary>
internal sealed class SampleRequest : ClientRequest
{
    public SampleRequest(byte[] body) => Body = body;

    public override string Path => "/";

    public override string MediaType => "application/json";

    public override string? PathValue(string name) => null;

    public override string? Query(string name) => null;

    public override string? Header(string name) => null;
}
