namespace Lightport.Dialects;

/// <summary>What to do with a field that a target cannot carry.</summary>
public enum UnsupportedPolicy
{
    /// <summary>Leave it out and say so in <c>x-lightport-dropped</c>.</summary>
    Drop,

    /// <summary>Refuse the request with a 400 that names the field and the target.</summary>
    Reject,
}
