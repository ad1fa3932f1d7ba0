using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpSecureGen.Redis.Tests.Support;

/// <summary>A redis-server on a free port that keeps nothing on disk.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-redis-");
    private readonly int _port = FreePort();
    private Process? _process;

    public string Configuration => $"127.0.0.1:{_port}";

    /// <summary>Starts it, or skips the test where it is not installed.</summary>
    public void Start()
    {
        if (_process is not null)
        {
            return;
        }

        try
        {
            _process = Process.Start(new ProcessStartInfo(
                "redis-server",
                ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("redis-server is not on the PATH.");
        }

        for (var deadline = Environment.TickCount64 + 10_000; ; Thread.Sleep(20))
        {
            if (Answer("PING") == "+PONG")
            {
                return;
            }

            Assert.True(Environment.TickCount64 < deadline, "redis-server did not come up.");
        }
    }

    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Connections stay, and nothing is answered: what a hanging server looks like.</summary>
    public void Pause(TimeSpan time) => Answer($"CLIENT PAUSE {(int)time.TotalMilliseconds} ALL");

    public void Dispose()
    {
        Kill();
        _folder.Delete(recursive: true);
    }

    /// <summary>The first line of the answer to one command.</summary>
    public string? Answer(string command)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", _port);
            using var stream = client.GetStream();
            stream.Write(Encoding.ASCII.GetBytes(command + "\r\n"));
            using var reader = new StreamReader(stream);
            return reader.ReadLine();
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
