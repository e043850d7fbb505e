using Lightport.Cel;

namespace Lightport.Exchanges.Rules;

/// <summary>What a client wants of a server behind the gateway's own MCP server: <c>call</c>.</summary>
/// <param name="Server">Its label.</param>
/// <param name="Method">The protocol's word for it, as <c>tools/call</c>.</param>
/// <param name="Name">The tool's, the prompt's, or the resource's address, as the server has it.</param>
/// <param name="IsReadOnly">It changes nothing, by the server's own word.</param>
internal sealed record CallFacts(string Server, string Method, string Name, bool IsReadOnly) : ICelObject
{
    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            "server" => CelValue.Of(Server),
            "method" => CelValue.Of(Method),
            "name" => CelValue.Of(Name),
            "read_only" => CelValue.Of(IsReadOnly),
            _ => default,
        };
        return value.Kind != CelKind.Null;
    }
}
