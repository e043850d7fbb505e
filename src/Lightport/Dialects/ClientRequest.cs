using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>All that a client sent. Its dialect reads from it what is asked, wherever that stands.</summary>
public abstract class ClientRequest
{
    private JsonEnvelope? _json;
    private FormBody? _form;

    /// <summary>The body whole, unpacked; empty until it has been read.</summary>
    public ReadOnlyMemory<byte> Body { get; protected set; }

    /// <summary>The HTTP method.</summary>
    public virtual string Method => "POST";

    /// <summary>The path as it was asked for, unescaped.</summary>
    public abstract string Path { get; }

    /// <summary>The body's media type with its parameters; empty where none was said.</summary>
    public abstract string MediaType { get; }

    /// <summary>The body's top level.</summary>
    /// <exception cref="GatewayException">The body is not one JSON object; the error says where it breaks.</exception>
    public JsonEnvelope Json => _json ??= JsonBody.Read(Body);

    /// <summary>
    /// The kept answer that this request goes on from, whose turns stand in the body by now; null where in none.
    /// </summary>
    public string? Continues { get; private set; }

    /// <summary>
    /// By which ids are known that the gateway has told; null where the request has nothing to do with such.
    /// </summary>
    internal IdSeal? Seal { get; set; }

    /// <summary>Its dialect looked at the body as JSON.</summary>
    public bool IsJson => _json is not null;

    /// <summary>The body's parts, where it is a form.</summary>
    /// <exception cref="GatewayException">The body is not one form that every reader reads alike.</exception>
    public FormBody Form => _form ??= FormBody.Read(MediaType, Body) ?? throw GatewayException.BadRequest(
        "The body is no sound multipart/form-data: each field once, UTF-8, whole, nothing before or behind its parts.",
        code: "invalid_form");

    /// <summary>Its dialect looked at the body as a form.</summary>
    public bool IsForm => _form is not null;

    /// <summary>
    /// The request's size in tokens, guessed, for answers whose provider tells no usage. Files are not counted.
    /// </summary>
    public long EstimatedTokens => UsageEstimator.TokensOf(_form?.TextBytes ?? Body.Length);

    /// <summary>Goes on from a kept answer, with a body that has its turns too.</summary>
    protected void Continue(string id, ReadOnlyMemory<byte> body) => (Continues, Body, _json) = (id, body, null);

    /// <summary>Takes a body that says in full what the client has only named.</summary>
    protected void Say(ReadOnlyMemory<byte> body) => (Body, _json) = (body, null);

    /// <summary>What stands in the path for <c>{name}</c>; null where the door has no such place.</summary>
    public abstract string? PathValue(string name);

    /// <summary>The first value of a field of the query; null where it is not there.</summary>
    public abstract string? Query(string name);

    /// <summary>All values of a field of the query, in their order.</summary>
    public virtual IReadOnlyList<string> QueryAll(string name) => Query(name) is { } value ? [value] : [];

    /// <summary>The header's value; null where it is not there.</summary>
    public abstract string? Header(string name);
}
