using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>One call, as its pieces come.</summary>
internal sealed class ChatCallReading(int? number)
{
    private string _arguments = "";

    /// <summary>The provider's own; null where it gave none.</summary>
    public int? Number => number;

    public string? Id { get; private set; }

    public string? Name { get; private set; }

    public string? State { get; private set; }

    public string Arguments => Words.Arguments(_arguments);

    public void Add(string? id, string? name, JsonObject function, string? state)
    {
        (Id, Name, State) = (Id ?? id, Name ?? name, State ?? state);
        _arguments += function["arguments"] is JsonObject whole
            ? whole.ToJsonString()
            : function.Text("arguments") ?? function.Text("input");
    }
}
