using System.Text.Json;

namespace Lightport.Transport.Body;

/// <summary>A field at the top of a JSON object and where it stands, in bytes.</summary>
/// <param name="Tokens">How many tokens its value is of; one, where it is no object or array.</param>
public readonly record struct JsonField(
    string Name, JsonTokenType Type, int NameStart, int ValueStart, int ValueEnd, int Tokens);
