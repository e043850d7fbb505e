namespace Lightport.Cel;

/// <summary>Something of the host, whose fields are looked up only when an expression asks for them.</summary>
public interface ICelObject
{
    /// <param name="value">The field, or an error that tells why it cannot be had.</param>
    /// <returns>Whether the field is there: <c>has(…)</c>. To select one that is not is an error.</returns>
    bool TryGetField(string name, out CelValue value);
}
