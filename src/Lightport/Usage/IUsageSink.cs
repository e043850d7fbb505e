namespace Lightport.Usage;

/// <summary>Keeps what was used. Called once a request, after its last byte; must not block.</summary>
public interface IUsageSink
{
    void Add(UsageRecord record);
}
