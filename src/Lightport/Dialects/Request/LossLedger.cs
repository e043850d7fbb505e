using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// What a target cannot carry. A sampling knob is dropped and reported; what changes the meaning refuses the request.
/// The route's policy may ask for one or the other throughout.
/// </summary>
/// <param name="policy">The route's wish; null is the default of each field.</param>
/// <param name="target">The target's name, for the error (<c>anthropic/claude-sonnet-5</c>).</param>
public sealed class LossLedger(UnsupportedPolicy? policy, string target)
{
    /// <summary>How many names are kept: more than a client's header has room for.</summary>
    public const int MaxNames = 1_000;

    /// <summary>Stands last in the list where there were more.</summary>
    public const string More = "...";

    private List<string>? _dropped;
    private HashSet<string>? _names;

    /// <summary>The fields dropped, as the client named them, each once.</summary>
    public IReadOnlyList<string> Dropped => _dropped is null ? [] : _dropped;

    /// <summary>A field whose loss leaves the answer's meaning as it was.</summary>
    /// <exception cref="GatewayException">The route rejects every loss.</exception>
    public void Drop(string field) => Lose(field, policy ?? UnsupportedPolicy.Drop);

    /// <summary>A field whose loss would change what the answer means.</summary>
    /// <exception cref="GatewayException">Unless the route drops every loss.</exception>
    public void Reject(string field) => Lose(field, policy ?? UnsupportedPolicy.Reject);

    /// <summary>The same, where what is wrong is not the target's alone.</summary>
    /// <param name="why">A sentence for the error.</param>
    /// <exception cref="GatewayException">Unless the route drops every loss.</exception>
    internal void Reject(string field, string why) => Lose(field, policy ?? UnsupportedPolicy.Reject, why);

    /// <summary>A field that no other dialect has a word for.</summary>
    /// <exception cref="GatewayException">Its loss changes the meaning, or the route rejects every loss.</exception>
    public void Lose(Extension extension)
    {
        if (extension.IsTool || extension.ChangesMeaning)
        {
            Reject(extension.Name);
        }
        else
        {
            Drop(extension.Name);
        }
    }

    /// <summary>What nothing can be left out of, whatever the route says: sending it could only fail.</summary>
    /// <param name="what">What is wrong, without a full stop.</param>
    /// <param name="next">A sentence: what to do.</param>
    internal GatewayException Refusal(string field, string code, string what, string next) => new(new GatewayError(
        ErrorStage.Encode, ErrorKind.InvalidRequest, 400, $"{what}, which {target} refuses. {next}")
    {
        Param = field,
        Code = code,
    });

    /// <summary>
    /// Records that something was left out whatever the route says, since sending it could only fail.
    /// </summary>
    public void Note(string field)
    {
        _names ??= [];
        _dropped ??= [];
        if (_names.Count < MaxNames)
        {
            if (_names.Add(field))
            {
                _dropped.Add(field);
            }
        }
        else if (_dropped.Count == MaxNames && !_names.Contains(field))
        {
            _dropped.Add(More);
        }
    }

    private void Lose(string field, UnsupportedPolicy effective, string? why = null)
    {
        if (effective == UnsupportedPolicy.Reject)
        {
            throw new GatewayException(new GatewayError(
                ErrorStage.Encode,
                ErrorKind.InvalidRequest,
                400,
                $"{why ?? $"'{field}' cannot be carried to {target}."} "
                + "Leave it out, ask for another model, or route with `unsupported: drop`.")
            {
                Param = field,
                Code = "unsupported_parameter",
            });
        }

        Note(field);
    }
}
